import { maskToken } from '../graph/mask-token.ts'

/** Longer paths are cut: any page may send one. */
const MAX_PATH = 2_000
const MAX_HEADER = 300

/** Parameters that hold no value of a person. */
const PLAIN_PARAMETERS: ReadonlySet<string> = new Set([
  'aggregation',
  'dataset_id',
  'debug',
  'end_time',
  'ev',
  'eid',
  'event',
  'fields',
  'id',
  'start_time',
  'test_event_code',
  'ts',
])

/** Headers that hold no value of a person; cookies, addresses and unknown headers are left out. */
const PLAIN_HEADERS = [
  'accept',
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'origin',
  'transfer-encoding',
  'user-agent',
] as const

const TOKEN_LIKE = /^(EAA|[\w-]{40,}$)/

/** Path and query of a call, without the values that a person or a token may stand in. */
export function shownPath(url: string): string {
  const { pathname, searchParams } = new URL(url)
  const path = pathname
    .split('/')
    .map((segment) => (TOKEN_LIKE.test(segment) ? maskToken(segment) : segment))
    .join('/')
  const query = [...searchParams].map(([key, value]) => `${key}=${shownParameter(key, value)}`)
  return `${path}${query.length > 0 ? `?${query.join('&')}` : ''}`.slice(0, MAX_PATH)
}

function shownParameter(key: string, value: string): string {
  if (key === 'access_token') return maskToken(value)
  return PLAIN_PARAMETERS.has(key) ? encodeURIComponent(value) : '…'
}

/** The headers worth reading when a call fails. */
export function shownHeaders(headers: Headers): Readonly<Record<string, string>> {
  const shown: Record<string, string> = {}
  for (const name of PLAIN_HEADERS) {
    const value = headers.get(name)
    if (value !== null) shown[name] = value.slice(0, MAX_HEADER)
  }
  const authorization = headers.get('authorization')
  if (authorization !== null) shown['authorization'] = shownAuthorization(authorization)
  return shown
}

/** The scheme tells a missing "Bearer" from a missing token. */
function shownAuthorization(value: string): string {
  const [, scheme, token] = /^(Bearer|Basic|OAuth|Token)\s+(.*)$/i.exec(value) ?? []
  return scheme === undefined ? maskToken(value) : `${scheme} ${maskToken(token ?? '')}`
}
