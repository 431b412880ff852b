import { attempt, consentOf, errorName, isPageAddress } from '@capi/core/adapter'
import type { VisitSource } from './visit.ts'

type Rule = readonly [fits: (answer: unknown) => boolean, noun: string]

const TEXT: Rule = [(answer) => typeof answer === 'string', 'string']
const OBJECT: Rule = [
  (answer) => typeof answer === 'object' && !Array.isArray(answer),
  'object of user data',
]

/** What the answer of a callback must be; undefined and null are no answer, and allowed. */
const RULES = {
  consent: [(answer) => consentOf(answer) !== undefined, "'granted', 'denied', 'ldu' or 'pending'"],
  user: OBJECT,
  clientIp: TEXT,
  pageUrl: [isPageAddress, 'address of a page, whole or a path'],
  cookieDomain: TEXT,
  skip: [(answer) => typeof answer === 'boolean', 'boolean'],
} satisfies Readonly<Record<string, Rule>>

/**
 * What a callback of the module's options says. One that throws, is async or answers with something else gets the
 * fallback, and a line in the log, once, without a value: that may hold personal data.
 */
export function askOption<T>(
  source: VisitSource,
  option: keyof typeof RULES,
  call: () => T | undefined,
  fallback?: T,
): T | undefined {
  const fail = (fault: string) => {
    const instead = fallback === undefined ? 'no answer' : JSON.stringify(fallback)
    const line = `Option ${option} ${fault}: that counts as ${instead}. It is asked synchronously. Logged once.`
    source.warnOnce(option, line)
    return fallback
  }
  const [fits, noun]: Rule = RULES[option]
  try {
    const given = call()
    const answer = attempt(() => given)
    if (answer === undefined && given !== undefined) return fail('gave a promise')
    return answer === null || answer === undefined || fits(answer)
      ? answer
      : fail(`gave no ${noun}`)
  } catch (error) {
    return fail(`threw ${errorName(error)}`)
  }
}
