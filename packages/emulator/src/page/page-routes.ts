import { readFile } from 'node:fs/promises'
import { type Context, Hono } from 'hono'
import { pageFolder } from './page-folder.ts'

/** Payloads are hostile: nothing but our own files may run, load or frame this page. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

const FILES = [
  { path: '/', file: 'index.html', type: 'text/html' },
  { path: '/__capi/page.css', file: 'page.css', type: 'text/css' },
  { path: '/__capi/page.js', file: 'page.js', type: 'text/javascript' },
] as const

const NOT_BUILT = `The page is not built. In packages/emulator: pnpm build. The API answers without it: /__capi/events
`

/** The page that shows events as they arrive. It is read when asked for, so that starting costs nothing. */
export function pageRoutes(folder: () => URL = pageFolder): Hono {
  const app = new Hono()
  for (const { path, file, type } of FILES) {
    app.get(path, async (c: Context) => {
      const text = await readFile(new URL(file, folder()), 'utf8').catch(() => undefined)
      return text === undefined
        ? c.text(NOT_BUILT, 404, HEADERS)
        : c.body(text, 200, { ...HEADERS, 'content-type': `${type}; charset=utf-8` })
    })
  }
  return app
}
