import type { Fields } from '../field/fields.ts'
import { CapiConfigError } from '../issue/errors.ts'
import { type OptionReader, readOptions } from './read-options.ts'

/**
 * What an option may be.
 * @internal
 */
export interface OptionRule<Value> {
  /** Its value where it is not given; absent: it must be given. */
  readonly fallback?: Value
  /** Whether it may be this. */
  readonly holds: (value: Value) => boolean
  /** What it must be, as the end of a sentence that begins with its name. */
  readonly rule: string
}

/**
 * A rule for each option of `T`.
 * @internal
 */
export type OptionRules<T> = {
  readonly [Name in keyof T]-?: OptionRule<Exclude<T[Name], undefined>>
}

/**
 * The options, known ones only, each as its rule wants it or by its default. Unknown names are reported as by `readOptions`.
 * @throws CapiConfigError for one that breaks its rule.
 * @internal
 */
export function checkOptions<T extends object>(
  given: T,
  rules: OptionRules<T>,
  { name, warn }: Pick<OptionReader<T>, 'name' | 'warn'>,
): { readonly [Name in keyof T]-?: Exclude<T[Name], undefined> } {
  const names = Object.keys(rules) as (keyof T & string)[]
  const table = Object.fromEntries(
    names.map((option) => [option, 'any']),
  ) as OptionReader<T>['table']
  const read = readOptions(given, { name, table, warn }) as Fields
  const checked = names.map((option) => {
    const { fallback, holds, rule } = rules[option]
    const value = (read[option] ?? fallback) as Parameters<typeof holds>[0]
    if (holds(value)) return [option, value] as const
    throw new CapiConfigError('config_invalid', `${name}: ${option} ${rule}.`)
  })
  return Object.fromEntries(checked) as ReturnType<typeof checkOptions<T>>
}

/**
 * A number from `least` to `most`.
 * @internal
 */
export function atLeast(least: number, fallback: number, most = Infinity): OptionRule<number> {
  const until = most === Infinity ? 'up' : `to ${most}`
  return {
    fallback,
    holds: (value) => typeof value === 'number' && value >= least && value <= most,
    rule: `is a number from ${least} ${until}`,
  }
}

/**
 * One of these; the first is the default.
 * @internal
 */
export function oneOf<const Value extends string | boolean>(
  ...values: readonly [Value, ...Value[]]
): OptionRule<Value> {
  const each = values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value)))
  return {
    fallback: values[0],
    holds: (value) => values.includes(value),
    rule: `is ${each.join(' or ')}`,
  }
}

/**
 * A function of the application.
 * @internal
 */
export function callback<Callback extends (...values: never) => unknown>(
  fallback: Callback,
): OptionRule<Callback> {
  return { fallback, holds: (value) => typeof value === 'function', rule: 'is a function' }
}
