const MINUTE_MS = 60_000
/** A wait beyond this is taken for a mistake: somebody should look before a day has passed. */
const MAX_WAIT_MS = 24 * 60 * MINUTE_MS

/**
 * The longest wait the headers ask for, in milliseconds; undefined when they ask for none.
 * Sources: Meta, Marketing API Rate Limiting, read 2026-09: `estimated_time_to_regain_access` is in minutes,
 * `reset_time_duration` in seconds; RFC 9110 for Retry-After, of which only seconds are read: a date
 * would need this machine's clock to be right.
 */
export function statedWaitMs(headers: Readonly<Record<string, string>>): number | undefined {
  const seconds = /^\s*(\d{1,8})\s*$/.exec(headers['retry-after'] ?? '')?.[1]
  const business = numbersNamed(
    'estimated_time_to_regain_access',
    headers['x-business-use-case-usage'],
  )
  const account = numbersNamed('reset_time_duration', headers['x-ad-account-usage'])
  const waits = [
    ...(seconds === undefined ? [] : [Number(seconds) * 1_000]),
    ...business.map((minutes) => minutes * MINUTE_MS),
    ...account.map((sec) => sec * 1_000),
  ].filter((wait) => wait > 0)
  return waits.length === 0 ? undefined : Math.min(MAX_WAIT_MS, Math.max(...waits))
}

/**
 * The same of a request that passed: only Meta's "time to regain access", which stands at 0 while there is
 * access. The other headers count towards a reset that is always some seconds away.
 */
export function lockedOutMs(headers: Readonly<Record<string, string>>): number | undefined {
  const usage = headers['x-business-use-case-usage']
  return usage === undefined ? undefined : statedWaitMs({ 'x-business-use-case-usage': usage })
}

/** Every positive number under this key, however deep: the shape differs by business and by year. */
function numbersNamed(key: string, json: string | undefined): number[] {
  if (json === undefined || json.length > 16_384) return []
  const found: number[] = []
  try {
    JSON.parse(json, (name: string, value: unknown) => {
      if (name === key && typeof value === 'number' && Number.isFinite(value)) found.push(value)
      return value
    })
  } catch {
    return [] // A header that cannot be read asks for nothing.
  }
  return found
}
