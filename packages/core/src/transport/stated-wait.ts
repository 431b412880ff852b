const MINUTE_MS = 60_000
/** A wait beyond this is taken for a mistake: somebody should look before a day has passed. */
const MAX_WAIT_MS = 24 * 60 * MINUTE_MS

/**
 * The longest wait the headers ask for, in milliseconds; undefined when they ask for none.
 * Sources: Meta, Marketing API Rate Limiting, read 2026-09: `estimated_time_to_regain_access` is in minutes,
 * `reset_time_duration` in seconds; RFC 9110 for Retry-After: seconds, or a date, which is read against the
 * answer's own Date, because this machine's clock may be wrong.
 */
export function statedWaitMs(headers: Readonly<Record<string, string>>): number | undefined {
  const business = numbersNamed(
    'estimated_time_to_regain_access',
    headers['x-business-use-case-usage'],
  )
  const account = numbersNamed('reset_time_duration', headers['x-ad-account-usage'])
  const waits = [
    ...retryAfterMs(headers),
    ...business.map((minutes) => minutes * MINUTE_MS),
    ...account.map((sec) => sec * 1_000),
  ].filter((wait) => wait > 0)
  return waits.length === 0 ? undefined : Math.min(MAX_WAIT_MS, Math.max(...waits))
}

function retryAfterMs(headers: Readonly<Record<string, string>>): number[] {
  const stated = headers['retry-after']?.trim() ?? ''
  if (/^\d{1,8}$/.test(stated)) return [Number(stated) * 1_000]
  const waitMs = Date.parse(stated) - Date.parse(headers['date'] ?? '')
  return Number.isFinite(waitMs) ? [waitMs] : []
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
