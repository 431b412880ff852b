import type { Mapped, SkipReason } from '../map/mapped.ts'
import type { MappingOptions } from '../map/mapping-options.ts'
import { wrongRule } from '../map/rule-checks.ts'
import { isRecord } from './read.ts'

/** Carries a reason out of the depth of a mapper; never leaves it. */
class Skip extends Error {
  readonly reason: SkipReason
  constructor(reason: SkipReason) {
    super(reason)
    this.reason = reason
  }
}

export function skip(reason: SkipReason): never {
  throw new Skip(reason)
}

/** Runs a callback of the options; what it throws must not cost the webhook its answer. */
export function ask<R>(callback: () => R): R {
  try {
    return callback()
  } catch {
    return skip('option_failed')
  }
}

/** A mapper that never throws, whatever it is given. A word that is no option's word must not be taken for the payload's fault. */
export function guarded(payload: unknown, options: MappingOptions, map: () => Mapped): Mapped {
  if (!isRecord(payload)) return { skipped: 'unreadable' }
  try {
    if (wrongRule(options) !== undefined) return { skipped: 'option_failed' }
    return map()
  } catch (error) {
    // Anything else was thrown by a getter or proxy in the payload; it may hold personal data.
    return { skipped: error instanceof Skip ? error.reason : 'unreadable' }
  }
}
