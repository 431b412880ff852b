import { NextRequest } from 'next/server.js'

/** What the proxy writes for pages, actions and routes: Next does not show them the address asked for. */
const VISIT_HEADER = 'x-capi-visit'

/** A request, as far as Next shows it. */
export interface Seen {
  readonly headers: Headers
  readonly method: string
  /** The path and query of the address asked for. */
  readonly path: string
  /** The id of the PageView that the proxy tracks. */
  readonly pageViewId?: string | undefined
}

/** `request.url` begins with `http://localhost:3000`, whatever host was asked for. */
function pathOf(url: string): string {
  const path = /^https?:\/\/[^/?#]*([^#]*)/i.exec(url)?.[1] ?? url
  return path.startsWith('/') ? path : `/${path}`
}

export function seenByProxy({ headers, method, url }: Request): Seen {
  return { headers, method, path: pathOf(url) }
}

/** Whose note it is: each copy of this module in a process has the same. */
const WRITER = Symbol.for('@capi/next.writer')

function writer(): string {
  const shared = globalThis as { [WRITER]?: string }
  shared[WRITER] ??= crypto.randomUUID()
  return shared[WRITER]
}

export function writeVisit({ method, path }: Seen, pageViewId: string): string {
  return `${writer()} ${pageViewId} ${method} ${path}`
}

/**
 * Whether the proxy of this process has seen the request already: with `next start --hostname 127.0.0.1`, Next sends a request that the
 * application rewrites to itself, over HTTP.
 */
export function isSeen(headers: Headers): boolean {
  return headers.get(VISIT_HEADER)?.startsWith(`${writer()} `) === true
}

const WRITTEN = /^[\w-]{1,64} (?<id>[\w.-]{1,64}) (?<method>[A-Z]{1,20}) (?<path>\/[!-~]*)$/

/**
 * What the proxy has written. Where it did not run, a visitor can write it: that is no more than to ask for another address.
 * @param request in the Pages Router, which shows it.
 */
export function readVisit(
  headers: Headers,
  request: { readonly method?: string | undefined; readonly url?: string | undefined } = {},
): Seen {
  const written = WRITTEN.exec(headers.get(VISIT_HEADER) ?? '')?.groups
  return {
    headers,
    method: request.method ?? written?.['method'] ?? 'GET',
    path: request.url === undefined ? (written?.['path'] ?? '/') : pathOf(request.url),
    pageViewId: written?.['id'],
  }
}

/** No user and no path: a request cannot be made of those. */
const HOST = /^[\w.:[\]-]+$/

/** Next's request, as the functions of the options get it wherever they are called. It has no body. */
export function visitRequest({ headers, method, path }: Seen): NextRequest {
  const own = new Headers(headers)
  // Next passes on what a stranger wrote: the page's host comes from Host, or from `siteUrl`.
  own.delete('x-forwarded-host')
  const host = headers.get('host') ?? ''
  const address = `http://${HOST.test(host) ? host : 'localhost'}${path}`
  return new NextRequest(URL.canParse(address) ? address : 'http://localhost/', {
    method,
    headers: own,
  })
}

const COOKIES = ['_fbc', '_fbp']

/** Puts the proxy's cookies and its note into the request that goes on to pages and routes. @returns the headers that changed. */
export function addToRequest(
  { headers, cookies }: Request & Partial<Pick<NextRequest, 'cookies'>>,
  cookie: string | undefined,
  note: string,
): readonly string[] {
  headers.set(VISIT_HEADER, note)
  if (cookie === undefined) return [VISIT_HEADER]
  for (const name of COOKIES) {
    const value = new RegExp(`(?:^|; )${name}=([^;]*)`).exec(cookie)?.[1]
    if (value !== undefined && cookies?.get(name)?.value !== value) cookies?.set(name, value)
  }
  // As it came: `cookies.set` encodes those of others again.
  headers.set('cookie', cookie)
  return [VISIT_HEADER, 'cookie']
}
