/** The page's half of `@capi/browser`, as its entry `/script` exports it. */
export interface PageScript {
  /** A file name that changes with the content: `c.0123456789ab.js`. */
  readonly name: string
  /** What the browser runs. */
  readonly text: string
}

/** What the script is called whatever its content. */
const CURRENT = 'c.js'

export function isPageScript(value: unknown): boolean {
  const { name, text } = (value ?? {}) as Partial<PageScript>
  return typeof text === 'string' && typeof name === 'string' && /^c\.[\w-]+\.js$/.test(name)
}

/** What of a request says which file it asks for. */
export interface FileRequest {
  /** `GET`, `POST`, … */
  readonly method?: string | undefined
  /** An address, or its path. */
  readonly url?: string | undefined
}

/** The file of the script that is asked for, beside the collector; undefined for any other request. */
export function scriptFile(
  { method, url = '' }: FileRequest,
  script: PageScript | undefined,
): string | undefined {
  if (script === undefined || (method !== 'GET' && method !== 'HEAD')) return undefined
  const [path = ''] = url.split(/[?#]/)
  return [script.name, CURRENT].find((file) => path.endsWith(`/${file}`))
}

/**
 * The answer to a GET of the script, beside the collector: cached indefinitely under its own name, revalidated each time under `c.js`.
 * Undefined for any other request.
 */
export function scriptResponse(
  request: Request,
  script: PageScript | undefined,
): Response | undefined {
  const file = scriptFile(request, script)
  if (script === undefined || file === undefined) return undefined
  const etag = `"${script.name}"`
  const head = {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': file === CURRENT ? 'no-cache' : 'public, max-age=31536000, immutable',
    // Pages of other origins, and those that isolate themselves, may load it.
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'X-Content-Type-Options': 'nosniff',
    ETag: etag,
  }
  // Proxies that compress make a weak tag of it.
  const isKnown = (request.headers.get('if-none-match') ?? '').includes(etag)
  if (isKnown) return new Response(null, { status: 304, headers: head })
  return new Response(request.method === 'HEAD' ? null : script.text, { headers: head })
}
