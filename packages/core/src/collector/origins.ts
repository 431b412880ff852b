import { isWebAddress } from '../field/personal-address.ts'

/** What a sandboxed frame or a worker sends; what sends no Origin at all is as little known. */
const NO_ORIGIN = 'null'

/** The origin of a request: `null` where it names none. */
function originOf({ headers }: Request): string {
  return headers.get('origin') ?? NO_ORIGIN
}

/**
 * Whether these origins include the one of the request. One without an Origin, and one whose Origin is `null`, are anybody's:
 * they may call where `'null'` is listed.
 * @internal
 */
export function mayCall(request: Request, origins: readonly string[]): boolean {
  return origins.includes(originOf(request))
}

/**
 * The headers of every answer to a page, accepted or refused: no cache keeps it, and only the pages of these origins may
 * read it.
 * @internal
 */
export function corsHeaders(request: Request, origins: readonly string[]): Headers {
  const headers = new Headers({ Vary: 'Origin', 'Cache-Control': 'no-store' })
  const origin = request.headers.get('origin')
  if (origin !== null && origins.includes(origin)) {
    headers.set('Access-Control-Allow-Origin', origin)
    // sendBeacon always sends cookies along, and asks for them to be allowed.
    if (origin !== NO_ORIGIN) headers.set('Access-Control-Allow-Credentials', 'true')
  }
  if (request.method !== 'OPTIONS') return headers
  headers.set('Access-Control-Allow-Methods', 'POST')
  headers.set('Access-Control-Allow-Headers', 'content-type')
  headers.set('Access-Control-Max-Age', '86400')
  return headers
}

/** The first of these addresses that is a page of one of these origins. */
export function pageOf(
  addresses: readonly (string | null | undefined)[],
  origins: readonly string[],
): string | undefined {
  const isOurs = (url: string) =>
    isWebAddress(url) && URL.canParse(url) && origins.includes(new URL(url).origin)
  return addresses.find((url): url is string => typeof url === 'string' && isOurs(url))
}
