import { type Issue, issue } from '../issue/issue.ts'
import { buildUserData } from '../user-data/build-user-data.ts'
import type { ContextOptions } from '../user-data/context.ts'
import type { UserData, UserDataInput } from '../user-data/user-data.ts'
import { homeOf } from './key-homes.ts'

/** What hashing one person's fields may know beside them: the time, and a country for phones. */
export type UserDataOptions = ContextOptions

/**
 * Normalises and hashes what Meta wants hashed; checks and passes the rest.
 * A value that cannot be its field is dropped with an issue; absent ones are silent. Never throws.
 * @example
 * const { user_data, issues } = hashUserData({ em: 'Anna@Example.com', country: 'Switzerland' })
 */
export function hashUserData(
  userData: UserDataInput,
  options: UserDataOptions = {},
): {
  /** Ready to be sent. */
  user_data: UserData
  /** What was dropped or has a warning, and why; never holds a value. */
  issues: Issue[]
} {
  const issues: Issue[] = []
  try {
    const context = { nowMs: options.nowMs ?? Date.now(), options, homeOf }
    return { user_data: buildUserData(userData, context, issues), issues }
  } catch {
    // A getter or proxy of the caller's threw; what it threw may hold personal data.
    return { user_data: {}, issues: [issue('unreadable_input', 'user_data')] }
  }
}
