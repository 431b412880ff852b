interface ClickCookie {
  readonly subdomainIndex: number
  readonly creationTimeMs: number
  readonly payload: string
  readonly appendix?: string
}

const MAX_LENGTH = 600

/**
 * The common form of `_fbc` and `_fbp`: four segments, and a fifth if Meta's Parameter Builder
 * added its appendix (2 or 8 characters). Source: Meta, fbp and fbc Parameters, read 2026-09.
 */
export function parseClickCookie(text: string): ClickCookie | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const [prefix, index, time, payload, appendix, ...more] = text.split('.')
  if (prefix !== 'fb' || more.length > 0 || !payload) return undefined
  if (index === undefined || !/^\d{1,2}$/.test(index)) return undefined
  if (time === undefined || !/^\d{10,16}$/.test(time)) return undefined
  const base = { subdomainIndex: Number(index), creationTimeMs: Number(time), payload }
  if (appendix === undefined) return base
  return /^(?:[A-Za-z0-9_-]{2}|[A-Za-z0-9_-]{8})$/.test(appendix)
    ? { ...base, appendix }
    : undefined
}
