import { isThenable } from '../runtime/attempt.ts'
import type { CheckedKind } from './option-kinds.ts'

/**
 * An option's value without blanks and line breaks around its texts. A blank text is undefined: the option is unset. Of
 * a `consent`, a blank text stays: it must not become the default, which may allow everything.
 */
export function tidyOption(
  value: unknown,
  kind: 'text' | 'consent' | 'any' | CheckedKind,
  owner: object,
): unknown {
  const tidy = kind === 'consent' ? trimmed : unblank
  if (typeof value === 'string') return tidy(value)
  if (kind !== 'text' && kind !== 'consent') return value
  if (Array.isArray(value)) return value.map(tidy).filter((one) => one !== undefined)
  if (typeof value !== 'function') return value
  return (...args: readonly unknown[]) => {
    const answer: unknown = value.apply(owner, args)
    return isThenable(answer) ? answer.then(tidy) : tidy(answer)
  }
}

const trimmed = (value: unknown) => (typeof value === 'string' ? value.trim() : value)
const unblank = (value: unknown) => (typeof value === 'string' ? value.trim() || undefined : value)
