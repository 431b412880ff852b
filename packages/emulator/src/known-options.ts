import { EmulatorError } from './emulator-error.ts'
import type { FieldCheck } from './field-check.ts'
import { nearestName } from './nearest-name.ts'

/** Every option of `T`, and no other, with what it must be; a table stands for an object with options of its own. */
export type OptionTable<T> = {
  readonly [Name in keyof T]-?: NonNullable<T[Name]> extends (...args: never[]) => unknown
    ? FieldCheck
    : NonNullable<T[Name]> extends object
      ? OptionTable<NonNullable<T[Name]>>
      : FieldCheck
}
/** Enough to recognise a key by; anything may have been sent as one. */
const MAX_KEY = 60

interface AnyTable {
  readonly [name: string]: FieldCheck | AnyTable
}

/**
 * The options without blanks around their texts; a blank text is unset. Unknown names are reported in one process warning
 * (`option_unknown`). The emulator judges core and shares no code with it, so this check is its own.
 * @throws EmulatorError `option_invalid` for a value that cannot be used
 */
export function knownOptions<T extends object>(given: T, table: OptionTable<T>, by: string): T {
  const unknown: string[] = []
  const known = pick(given, table as AnyTable, { by, prefix: '', unknown })
  if (unknown.length > 0) {
    const line = `@capi/emulator: ${by} ignores unknown options: ${unknown.join('; ')} (option_unknown)`
    process.emitWarning(line, 'CapiEmulatorWarning', 'option_unknown')
  }
  return known as T
}

/** @throws EmulatorError `option_invalid` where the value of a function's argument is no object. */
export function checkObject(value: unknown, argument: string): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return
  throw new EmulatorError('option_invalid', `${argument} must be an object.`)
}

/**
 * For filters and requests, where a misspelt key would change what is meant.
 * @throws EmulatorError `option_invalid` where a key is not known, with the nearest that is
 */
export function checkKeys(given: object, known: readonly string[], what: string): void {
  const stranger = Object.keys(given).find((key) => !known.includes(key))
  if (stranger !== undefined) throw unknownKey(stranger, known, what)
}

/**
 * For keys of a filter that take one of a few words.
 * @throws EmulatorError `option_invalid` for another word, which would find nothing whatever arrived
 */
export function checkWords(
  filter: object,
  words: Readonly<Record<string, FieldCheck>>,
  by: string,
): void {
  for (const [key, { fits, expected }] of Object.entries(words)) {
    const value: unknown = Reflect.get(filter, key)
    // An object is a matcher such as `expect.any(String)`.
    if (value === undefined || typeof value === 'object' || fits(value)) continue
    throw new EmulatorError('option_invalid', `Key ${key} of ${by} must be ${expected}.`)
  }
}

export function unknownKey(key: string, known: readonly string[], what: string): EmulatorError {
  const meant = nearestName(key, known)
  const takes = known.length === 0 ? 'It takes none.' : `It takes: ${known.join(', ')}.`
  return new EmulatorError(
    'option_invalid',
    `${what} has no key "${key.slice(0, MAX_KEY)}"${meant === undefined ? '.' : `, meant "${meant}"?`} ${takes}`,
  )
}

interface Place {
  readonly by: string
  readonly prefix: string
  readonly unknown: string[]
}

function pick(given: object, table: AnyTable, place: Place): object {
  const { by, prefix, unknown } = place
  checkObject(given, prefix === '' ? `Options of ${by}` : `Option ${prefix.slice(0, -1)} of ${by}`)
  for (const name of Object.keys(given).filter((key) => !Object.hasOwn(table, key))) {
    const meant = nearestName(name, Object.keys(table))
    unknown.push(`"${prefix}${name}"${meant === undefined ? '' : `, meant "${prefix}${meant}"?`}`)
  }
  const entries = Object.entries(table).flatMap(([name, check]) => {
    const written: unknown = (given as Readonly<Record<string, unknown>>)[name]
    const value = typeof written === 'string' ? written.trim() || undefined : written
    if (value === undefined) return []
    if (!isCheck(check)) {
      return [[name, pick(value as object, check, { ...place, prefix: `${prefix}${name}.` })]]
    }
    if (check.fits(value)) return [[name, value]]
    const message = `Option ${prefix}${name} of ${by} must be ${check.expected}.`
    throw new EmulatorError('option_invalid', message)
  })
  return Object.fromEntries(entries)
}

function isCheck(entry: FieldCheck | AnyTable): entry is FieldCheck {
  return typeof entry['fits'] === 'function'
}
