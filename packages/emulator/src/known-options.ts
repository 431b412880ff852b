import { EmulatorError } from './emulator-error.ts'
import type { FieldCheck } from './field-check.ts'

/** Every option of `T`, and no other, with what it must be; a table stands for an object with options of its own. */
export type OptionTable<T> = {
  readonly [Name in keyof T]-?: NonNullable<T[Name]> extends (...args: never[]) => unknown
    ? FieldCheck
    : NonNullable<T[Name]> extends object
      ? OptionTable<NonNullable<T[Name]>>
      : FieldCheck
}
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

interface Place {
  readonly by: string
  readonly prefix: string
  readonly unknown: string[]
}

function pick(given: object, table: AnyTable, place: Place): object {
  const { by, prefix, unknown } = place
  checkObject(given, prefix === '' ? `Options of ${by}` : `Option ${prefix.slice(0, -1)} of ${by}`)
  for (const name of Object.keys(given).filter((key) => !Object.hasOwn(table, key))) {
    const meant = nearest(name, Object.keys(table))
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

/** The name that shares most letters and pairs of letters, if that is half of them. Source: Dice, Ecology 26 (1945), 297. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const wanted = name.slice(0, 40).toLowerCase()
  const [best] = known
    .map((one) => ({ one, likeness: likeness(one.toLowerCase(), wanted) }))
    .sort((a, b) => b.likeness - a.likeness)
  return best !== undefined && best.likeness >= 0.5 ? best.one : undefined
}

function likeness(one: string, other: string): number {
  return (shared(one.split(''), other.split('')) + shared(pairsOf(one), pairsOf(other))) / 2
}

function shared(ours: readonly string[], theirs: readonly string[]): number {
  return (2 * ours.filter((part) => theirs.includes(part)).length) / (ours.length + theirs.length)
}

/** Pairs of letters, with marks at both ends: a short name differs most there. */
function pairsOf(name: string): string[] {
  const framed = `^${name}$`
  return Array.from({ length: framed.length - 1 }, (_, at) => framed.slice(at, at + 2))
}
