import { type Context, Hono } from 'hono'
import { PAGE_DOM } from './client-dom.ts'
import { PAGE_MAIN } from './client-main.ts'
import { PAGE_ROW } from './client-row.ts'
import { PAGE_HTML } from './html.ts'
import { PAGE_STYLES } from './styles.ts'

/** Payloads are hostile: nothing but our own files may run, load or frame this page. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

const FILES = [
  { path: '/', type: 'text/html', text: PAGE_HTML },
  { path: '/__capi/page.css', type: 'text/css', text: PAGE_STYLES },
  {
    path: '/__capi/page.js',
    type: 'text/javascript',
    text: [PAGE_DOM, PAGE_ROW, PAGE_MAIN].join('\n'),
  },
] as const

/** The page that shows events as they arrive. */
export function pageRoutes(): Hono {
  const app = new Hono()
  for (const { path, type, text } of FILES) {
    app.get(path, (c: Context) =>
      c.body(text, 200, { ...HEADERS, 'content-type': `${type}; charset=utf-8` }),
    )
  }
  return app
}
