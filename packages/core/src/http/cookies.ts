const MAX_HEADER = 16_384
const PAIR_END = /;|, (?=[^\s;,=]{1,64}=)/

/**
 * The pairs of a `Cookie` header. Two headers are one with a comma in workerd, as the Fetch standard has it: there a comma, a blank
 * and a name begin the next pair.
 */
export function cookiePairs(header = ''): readonly string[] {
  if (header.length > MAX_HEADER) return []
  return header.split(header.includes(', ') ? PAIR_END : ';')
}

/**
 * One cookie's value, as the browser sent it: never decoded, because a decoded click id no longer matches. The first of several
 * wins.
 */
export function readCookie(pairs: readonly string[], name: string): string | undefined {
  for (const pair of pairs) {
    const equals = pair.indexOf('=')
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim()
  }
  return undefined
}

/** 90 days: how long Meta's own cookies live. Source: Meta, fbp and fbc Parameters, read 2026-09. */
const MAX_AGE_SEC = 7_776_000

/** A `Set-Cookie` value. Not HttpOnly: the Pixel reads these two cookies. */
export function clickCookie(
  name: string,
  value: string,
  options: { domain?: string | undefined; secure: boolean },
): string {
  const domain = options.domain === undefined ? '' : `; Domain=${options.domain}`
  return `${name}=${value}; Max-Age=${MAX_AGE_SEC}; Path=/; SameSite=Lax${options.secure ? '; Secure' : ''}${domain}`
}
