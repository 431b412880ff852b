import { createHash } from 'node:crypto'
import { BlockList, isIP } from 'node:net'

/** Source: Meta, Customer Information Parameters; the last six are in Meta's SDKs only, read 2026-09. */
const HASHED_KEYS: ReadonlySet<string> = new Set(
  'em ph fn ln ge db ct st zp country f5first f5last fi dobd dobm doby'.split(' '),
)

/** Keys that name a connection or a click: Meta asks for them as they are, read 2026-09. */
const RAW_KEYS: ReadonlySet<string> = new Set([
  'client_ip_address',
  'client_user_agent',
  'fbc',
  'fbp',
])

/** Meta's Parameter Builder marks what it made with 2 or 8 characters. Source: its tests, read 2026-09. */
const MARK = '(?:\\.[A-Za-z0-9_-]{2}|\\.[A-Za-z0-9_-]{8})?'
const SHA256 = new RegExp(`^[0-9a-f]{64}${MARK}$`)
const SHA256_ANY_CASE = new RegExp(`^[0-9a-fA-F]{64}${MARK}$`)
const HEX = /^[0-9a-f]{32,}$/i
const FBC = new RegExp(`^fb\\.\\d+\\.\\d{10,}\\.[^.\\s]+${MARK}$`)
const FBP = new RegExp(`^fb\\.\\d+\\.\\d{10,}\\.\\d+${MARK}$`)
const IP_MARK = /\.(?:[A-Za-z0-9_-]{8}|[A-Za-z_-][A-Za-z0-9_-]|[0-9][A-Za-z_-])$/

const BOT =
  /bot\b|crawl|spider|slurp|headless|lighthouse|curl\/|wget\/|python-requests|axios\/|node-fetch|undici/i

/** What careless code hashes in place of a person. */
const EMPTY_HASHES: ReadonlySet<string> = new Set(
  ['', 'null', 'undefined', '[object Object]', 'test@test.com'].map((text) =>
    createHash('sha256').update(text).digest('hex'),
  ),
)

/** Addresses of no visitor. Source: RFC 1918, 6598, 3927, 4193, 4291. */
const PRIVATE = new BlockList()
for (const [address, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  PRIVATE.addSubnet(address, bits, 'ipv4')
}
PRIVATE.addSubnet('::', 127, 'ipv6')
PRIVATE.addSubnet('fc00::', 7, 'ipv6')
PRIVATE.addSubnet('fe80::', 10, 'ipv6')

export type FormatProblem =
  | 'empty'
  | 'plain_text'
  | 'not_sha256'
  | 'uppercase'
  | 'hash_of_nothing'
  | 'hashed'
  | 'malformed'

/** What keeps Meta from using one value of `user_data`, by its form alone. */
export function formatProblem(key: string, value: unknown): FormatProblem | undefined {
  if (value === undefined || value === null || value === '') return 'empty'
  if (HASHED_KEYS.has(key)) return hashProblem(value)
  if (key === 'external_id') return isOf(EMPTY_HASHES, value) ? 'hash_of_nothing' : undefined
  if (!RAW_KEYS.has(key)) return undefined
  if (typeof value !== 'string') return 'malformed'
  if (HEX.test(value)) return 'hashed'
  return RAW_FORMATS[key]?.(value) === false ? 'malformed' : undefined
}

const RAW_FORMATS: Readonly<Record<string, (value: string) => boolean>> = {
  client_ip_address: (value) => ipFamily(value) !== 0,
  client_user_agent: (value) => value.trim() !== '',
  fbc: (value) => FBC.test(value),
  fbp: (value) => FBP.test(value),
}

function hashProblem(value: unknown): FormatProblem | undefined {
  if (typeof value !== 'string') return 'plain_text'
  if (EMPTY_HASHES.has(value.toLowerCase().slice(0, 64))) return 'hash_of_nothing'
  if (SHA256.test(value)) return undefined
  if (SHA256_ANY_CASE.test(value)) return 'uppercase'
  return HEX.test(value) ? 'not_sha256' : 'plain_text'
}

/** 4, 6 or 0 for no address. The Parameter Builder's mark is looked past. */
export function ipFamily(value: unknown): 0 | 4 | 6 {
  if (typeof value !== 'string' || value.includes('%')) return 0
  const family = isIP(value) || isIP(value.replace(IP_MARK, ''))
  return family === 4 || family === 6 ? family : 0
}

/** Whether no visitor from outside can have this address. */
export function isPrivateIp(value: unknown): boolean {
  const family = ipFamily(value)
  if (family === 0 || typeof value !== 'string') return false
  const address = isIP(value) ? value : value.replace(IP_MARK, '')
  return PRIVATE.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

export function isBot(userAgent: unknown): boolean {
  return typeof userAgent === 'string' && BOT.test(userAgent)
}

function isOf(set: ReadonlySet<string>, value: unknown): boolean {
  return typeof value === 'string' && set.has(value)
}
