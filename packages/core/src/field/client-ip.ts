import { isPrivateV4, mappedV4 } from './ip-ranges.ts'

/** Meta's Parameter Builder hangs a two- or eight-character appendix on the address. */
const APPENDIX = /^(.{7,45})\.(?:[A-Za-z0-9_-]{8}|[A-Za-z_-][A-Za-z0-9_-])$/
const MAX_LENGTH = 64

/**
 * The visitor's public address as Meta takes it: one IPv4 or IPv6 address without port, brackets
 * or zone; IPv6-mapped IPv4 becomes IPv4. Undefined for private, loopback and link-local ones:
 * they are a proxy's or the server's own, never a visitor's.
 * Source: Meta, Customer Information Parameters, read 2026-09; ranges: RFC 1918, 3927, 4193, 6598.
 */
export function clientIp(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const trimmed = text.trim()
  if (isPublicV4(trimmed)) return trimmed
  const appended = APPENDIX.exec(trimmed)?.[1]
  if (appended !== undefined && publicAddress(appended) === appended) return trimmed
  return publicAddress(withoutPort(trimmed))
}

/** The first public address of one, or of a list as in X-Forwarded-For. */
export function firstPublicIp(text: string): string | undefined {
  // Most are one IPv4 address, and need no further look.
  if (isPublicV4(text)) return text
  for (const one of text.split(',')) {
    const ip = clientIp(one)
    if (ip !== undefined) return ip
  }
  return undefined
}

/** The address alone, as Meta's cookie `_fbi` holds it: without port, and without the appendix. */
export function bareIp(text: string): string | undefined {
  const ip = clientIp(text)
  return ip && (APPENDIX.exec(ip)?.[1] ?? ip)
}

export function withoutPort(text: string): string {
  if (text.startsWith('[')) return text.slice(1, Math.max(1, text.indexOf(']')))
  const colon = text.indexOf(':')
  return colon > 0 && colon === text.lastIndexOf(':') ? text.slice(0, colon) : text
}

function publicAddress(text: string): string | undefined {
  if (!text.includes(':')) return isPublicV4(text) ? text : undefined
  const canonical = canonicalV6(text)
  if (canonical === undefined) return undefined
  const mapped = mappedV4(canonical)
  if (mapped !== undefined) return isPublicV4(mapped) ? mapped : undefined
  return isPublicV6(canonical) ? text : undefined
}

function isPublicV4(text: string): boolean {
  const parts = octets(text)
  if (parts === undefined) return false
  const [a, b] = parts
  if (a === 0 || a >= 224 || isPrivateV4(a, b)) return false
  return !(a === 100 && b >= 64 && b <= 127)
}

/** The first two numbers of four from 0 to 255; undefined when the text is no IPv4 address. */
function octets(text: string): readonly [number, number] | undefined {
  let first = 0
  let second = 0
  let dots = 0
  let value = -1
  for (let i = 0; i <= text.length; i++) {
    const code = i === text.length ? 0x2e : text.charCodeAt(i)
    if (code === 0x2e) {
      if (value < 0 || value > 255) return undefined
      if (dots === 0) first = value
      else if (dots === 1) second = value
      dots++
      value = -1
    } else if (code < 0x30 || code > 0x39 || value > 255 || value === 0) return undefined
    else value = (value < 0 ? 0 : value * 10) + code - 0x30
  }
  return dots === 4 ? [first, second] : undefined
}

/** The URL parser knows IPv6 in full and gives it back compressed. It takes `:@x` for a user's name and a host. */
function canonicalV6(text: string): string | undefined {
  return /^[\da-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]/`)
    ? new URL(`http://[${text}]/`).hostname.slice(1, -1)
    : undefined
}

/** Loopback, unspecified, unique local (fc00::/7), link-local (fe80::/10), multicast (ff00::/8). */
function isPublicV6(canonical: string): boolean {
  return canonical !== '::' && canonical !== '::1' && !/^(?:f[cdf]|fe[89ab])/.test(canonical)
}
