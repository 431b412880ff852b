import type { Refusal } from '../rules/judge.ts'
import type { BATCH_REFUSED } from '../rules/rule.ts'
import type { EventError } from '../store/captured-event.ts'

/** A refusal as calls and events keep it. @param words another rule's, for the good events of a refused batch */
export function describeRefusal(
  { rule, fault }: Refusal,
  { id, title, fix }: typeof BATCH_REFUSED = rule,
): EventError {
  return {
    rule: id,
    code: rule.code,
    ...(rule.subcode !== undefined && { error_subcode: rule.subcode }),
    title,
    ...(fault.path !== undefined && { path: fault.path }),
    fix,
  }
}
