import { asFields } from '../field/fields.ts'
import { CapiConfigError } from '../issue/errors.ts'

/** @throws CapiConfigError naming the option, unless the rule holds. */
export function demand(holds: boolean, option: string, rule: string): void {
  if (!holds) throw new CapiConfigError('config_invalid', `Option ${option} ${rule}.`)
}

/** @throws CapiConfigError, `what` it takes, unless an object was given. */
export function demandObject(given: unknown, what: string): asserts given is object {
  if (asFields(given) === undefined) throw new CapiConfigError('config_invalid', what)
}

/** A field of the request beside its events. Blank is unset. @throws CapiConfigError for what is no text. */
export function optionText(option: string, given: unknown): string | undefined {
  const isText = given === undefined || given === null || typeof given === 'string'
  demand(isText, option, 'must be text')
  return typeof given === 'string' ? given.trim() || undefined : undefined
}
