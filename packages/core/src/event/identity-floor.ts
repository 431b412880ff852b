/**
 * Meta refuses an event whose `user_data` holds nothing beyond one of these sets (100/2804050).
 * Source: Meta, Customer Information Parameters, read 2026-09.
 */
const TOO_BROAD: readonly ReadonlySet<string>[] = [
  new Set(['ct', 'country', 'st', 'zp', 'ge', 'client_user_agent']),
  new Set(['db', 'client_user_agent']),
  new Set(['fn', 'ge']),
  new Set(['ln', 'ge']),
]

/** Each of these alone is enough: most events have one, and need no closer look. */
const ENOUGH = ['em', 'ph', 'external_id', 'fbp', 'fbc', 'client_ip_address'] as const

/**
 * Whether this `user_data` is enough to match a person.
 * @internal
 */
export function meetsIdentityFloor(
  userData: {
    readonly [K in (typeof ENOUGH)[number]]?: unknown
  },
): boolean {
  if (ENOUGH.some((key) => userData[key] !== undefined)) return true
  const fields: [string, unknown][] = Object.entries(userData)
  const keys = fields.flatMap(([key, value]) => (value === undefined ? [] : key))
  return TOO_BROAD.every((set) => keys.some((key) => !set.has(key)))
}
