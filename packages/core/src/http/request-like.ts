import { attempt } from '../runtime/attempt.ts'

/** The few things of a request that matter here; every framework has them. */
export interface RequestLike {
  /**
   * Reads one header by its lower-case name. A list is read by its first entry.
   * `(name) => request.headers.get(name)` or `(name) => req.headers[name]`.
   */
  readonly header: (name: string) => string | readonly string[] | null | undefined
  /** `GET`, `POST` … Only the answer to a GET can be a page: without it, none is. */
  readonly method?: string | undefined
  /** The whole address, or the path and query of it: then the Host header completes it. */
  readonly url: string
  /**
   * Who is connected: the visitor, or the nearest proxy. Absent where the runtime does not say (Next, Hono) and on Unix
   * sockets: `X-Forwarded-For` then counts by `trustedProxies`.
   */
  readonly remoteAddress?: string | undefined
  /** The visitor's address where the framework has found it: `remoteAddress` and `X-Forwarded-For` are then not read. */
  readonly clientIp?: string | undefined
  /** Whether the connection itself is TLS; default false. Read when `url` is a path. */
  readonly isEncrypted?: boolean | undefined
}

/**
 * Which of those connected are proxies of yours, whose X-Forwarded headers are true: how many stand
 * in front, or a function of an address and its distance (0 is who is connected, with a blank address where the runtime
 * does not say it). Default: none.
 */
export type TrustedProxies = number | ((address: string, distance: number) => boolean)

/** How several lines of one header are read as one; of others the first line counts. */
const SEPARATORS: Readonly<Record<string, string>> = { cookie: '; ', 'x-forwarded-for': ', ' }

/** One header's text; undefined when there is none, or when the getter throws on its name. */
export function headerOf(request: RequestLike, name: string): string | undefined {
  // `Headers.get(':authority')` throws, for one.
  const value: unknown = attempt(() => request.header(name))
  const text = Array.isArray(value) ? oneLine(value, SEPARATORS[name]) : value
  return typeof text === 'string' && text !== '' ? text : undefined
}

function oneLine(lines: readonly unknown[], separator: string | undefined): unknown {
  return separator === undefined
    ? lines[0]
    : lines.filter((line) => typeof line === 'string').join(separator)
}

export function isTrusted(
  proxies: TrustedProxies | undefined,
  address: string,
  distance: number,
): boolean {
  if (typeof proxies !== 'function') return distance < (proxies ?? 0)
  return attempt(() => proxies(bare(address), distance)) === true
}

/** As a trust function expects it: `::ffff:10.0.0.1` is 10.0.0.1. */
function bare(address: string): string {
  return address
    .trim()
    .toLowerCase()
    .replace(/^::ffff:(?=.*\.)/, '')
}

/** The same for one request: a function is asked once for each address, which it may have to parse. */
export function askedOnce(proxies: TrustedProxies | undefined): TrustedProxies | undefined {
  if (typeof proxies !== 'function') return proxies
  const answers: Record<string, boolean> = {}
  return (address, distance) => {
    const question = `${distance} ${address}`
    answers[question] ??= isTrusted(proxies, address, distance)
    return answers[question]
  }
}
