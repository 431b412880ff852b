/** An fbc in its parts. The mark of Meta's Parameter Builder is left out. */
export interface ClickId {
  readonly timeDigits: string
  readonly timeMs: number
  readonly clickId: string
}

/** Source: Meta, fbp and fbc, read 2026-09. */
export function readFbc(value: unknown): ClickId | undefined {
  if (typeof value !== 'string') return undefined
  const [prefix, , timeDigits = '', clickId = ''] = value.split('.')
  if (prefix !== 'fb' || !/^\d+$/.test(timeDigits) || clickId === '') return undefined
  return { timeDigits, timeMs: Number(timeDigits), clickId }
}

/** The fbclid of a URL exactly as written: decoding would change it. */
export function rawFbclid(url: unknown): string | undefined {
  return typeof url === 'string' ? /[?&]fbclid=([^&#]+)/.exec(url)?.[1] : undefined
}
