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

const TYPES = { html: 'text/html', css: 'text/css', js: 'text/javascript' } as const

const NOT_BUILT = `The page's files are not beside the emulator's code. If it is bundled: leave @capi/emulator out of the bundle. In its repository: pnpm build. The API answers without it: /__capi/events
`

/** Rejects too where a bundler has left nothing of `import.meta.url`. */
async function read(file: string, folder: () => URL): Promise<string> {
  return await readFile(new URL(file, folder()), 'utf8')
}

/** The page that shows events as they arrive. It is read when asked for, so that starting costs nothing. */
export function pageRoutes(folder: () => URL = pageFolder): Hono {
  const app = new Hono()
  const answer = async (c: Context, file: string, type: keyof typeof TYPES) => {
    const text = await read(file, folder).catch(() => undefined)
    return text === undefined
      ? c.text(NOT_BUILT, 404, HEADERS)
      : c.body(text, 200, { ...HEADERS, 'content-type': `${TYPES[type]}; charset=utf-8` })
  }
  app.get('/', (c) => answer(c, 'index.html', 'html'))
  app.get('/__capi/page.css', (c) => answer(c, 'page.css', 'css'))
  // The page itself, and the parts of it that are loaded when they are needed.
  app.get('/__capi/:file{[\\w-]+\\.js}', (c) => answer(c, c.req.param('file'), 'js'))
  return app
}
