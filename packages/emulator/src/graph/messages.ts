import type { Verdict } from '../rules/judge.ts'
import type { EventIssue } from '../store/captured-event.ts'

/** Enough to see what is wrong; the page has all of it. */
const MAX_MESSAGES = 20

/**
 * The `messages` of a success answer: what the emulator would only warn of. One for each kind of finding, however many
 * events have it, and never a value. Findings of low severity are left to the page.
 */
export function messagesFor({ errors }: Verdict, issues: readonly EventIssue[]): readonly string[] {
  const refusals = [...errors.values()].map(
    ({ rule, fault }) => `Meta would refuse this call: ${fault.detail} ${rule.fix}`,
  )
  const warnings = issues
    .filter(({ severity }) => severity !== 'low')
    .map(({ path, title, fix }) => `${path === undefined ? '' : `${path}: `}${title}. ${fix}`)
  return [...new Set([...refusals, ...warnings])].slice(0, MAX_MESSAGES)
}
