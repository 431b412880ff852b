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

/** Whether `user_data` with these keys is enough to match a person. */
export function meetsIdentityFloor(keys: readonly string[]): boolean {
  return TOO_BROAD.every((set) => keys.some((key) => !set.has(key)))
}
