import { NextResponse } from 'next/server.js'

/** What Next reads of a proxy's response: the headers that the request goes on with. */
const OVERRIDDEN = 'x-middleware-override-headers'
const REQUEST = 'x-middleware-request-'

/** Next's response that lets the request go on, with these headers. */
export const goOn = (headers: Headers) => NextResponse.next({ request: { headers } })

/**
 * Makes pages and routes see what the proxy added to the request's headers, where the application's own response lets the request go on.
 * @param added their names. A header that the application itself passes on stays as it is.
 */
export function passOn({ headers }: Response, request: Headers, added: readonly string[]): void {
  if (!headers.has('x-middleware-next') && !headers.has('x-middleware-rewrite')) return
  const own = headers.get(OVERRIDDEN)
  if (own === null) {
    for (const [name, value] of goOn(request).headers)
      if (name === OVERRIDDEN || name.startsWith(REQUEST)) headers.set(name, value)
    return
  }
  const names = own.split(',')
  for (const name of added) {
    const value = request.get(name)
    if (value === null || names.includes(name)) continue
    names.push(name)
    headers.set(`${REQUEST}${name}`, value)
  }
  headers.set(OVERRIDDEN, names.join())
}
