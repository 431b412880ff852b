import { attempt } from '../runtime/attempt.ts'

/** The few things of a response that matter here: Node's own, of HTTP/1 and HTTP/2, and what is made of it. */
export interface ResponseLike {
  /** True once the head is written: nothing can be added then. */
  readonly headersSent: boolean
  /** Replaced by one that adds the cookies first. */
  writeHead: (...given: never[]) => unknown
  /** Asked for what is set so far. */
  getHeader(name: string): unknown
  /** Gets the whole list of `Set-Cookie` values. */
  setHeader(name: string, value: string[]): unknown
}

/** The head of an answer, as far as it decides about cookies. */
export interface ResponseHead {
  /** The application's `Cache-Control`; blank where it has none. */
  readonly cacheControl: string
  /** The application's own `Set-Cookie` values. */
  readonly setCookie: readonly string[]
}

/**
 * Adds cookies at the last moment, when the head is written: whatever the application did to `Set-Cookie` until
 * then stays, and so do they.
 * @param read gives the `Set-Cookie` values to add to this head.
 */
export function keepCookies(
  response: ResponseLike,
  read: (head: ResponseHead) => readonly string[],
): void {
  const writeHead = response.writeHead as (...given: unknown[]) => unknown
  response.writeHead = (...given: unknown[]) =>
    writeHead.apply(
      response,
      attempt(() => withCookies(response, given, read), given),
    )
}

/** The arguments of `writeHead`, without the cookies in them: these are on the response then, with ours. */
function withCookies(
  response: ResponseLike,
  given: unknown[],
  read: (head: ResponseHead) => readonly string[],
): unknown[] {
  const last = given.length - 1
  const headers = pairs(given[last])
  const named = (name: string) =>
    headers.flatMap(([key, value]) => (key.toLowerCase() === name ? value : []))
  // What is given to writeHead takes the place of what was set before it.
  const inForce = (name: string): string[] => {
    const explicit = named(name)
    return (explicit.length > 0 ? explicit : [response.getHeader(name) ?? []]).flat().map(String)
  }
  if (response.headersSent) return given
  const own = inForce('set-cookie')
  const cookies = read({ cacheControl: inForce('cache-control').join(), setCookie: own })
  if (cookies.length === 0) return given
  response.setHeader('Set-Cookie', [...own, ...cookies])
  if (named('set-cookie').length === 0) return given
  return [
    ...given.slice(0, last),
    headers.filter(([key]) => key.toLowerCase() !== 'set-cookie').flat(),
  ]
}

/** Headers as `writeHead` takes them: an object, or a list of names and values, nested or not. */
function pairs(headers: unknown): [name: string, value: unknown][] {
  if (typeof headers !== 'object' || headers === null) return []
  if (!Array.isArray(headers)) return Object.entries(headers)
  if (Array.isArray(headers[0])) return headers as [string, unknown][]
  return headers.flatMap((name, index) =>
    index % 2 === 0 ? [[String(name), headers[index + 1]] as [string, unknown]] : [],
  )
}

/** Those that the application has neither set nor cleared itself. */
export function notSet(cookies: readonly string[], { setCookie }: ResponseHead): readonly string[] {
  const names = new Set(setCookie.map(nameOf))
  return cookies.filter((one) => !names.has(nameOf(one)))
}

const nameOf = (cookie: string) => cookie.slice(0, cookie.indexOf('='))

/** A cache in front may give it to others: for a time of its own, or for the browser's when it is public. */
export function isShared({ cacheControl }: ResponseHead): boolean {
  if (/no-store|no-cache|private/i.test(cacheControl)) return false
  const isLasting = /s-maxage=0*[1-9]/i.test(cacheControl)
  return isLasting || (/public/i.test(cacheControl) && /max-age=0*[1-9]/i.test(cacheControl))
}
