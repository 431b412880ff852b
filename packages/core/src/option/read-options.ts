import { asFields, type Fields } from '../field/fields.ts'
import { CapiConfigError } from '../issue/errors.ts'
import { demandObject } from './demand.ts'
import { isSimilar } from './nearest-name.ts'
import { demandKind } from './option-kinds.ts'
import type { AnyOptionTable, OptionTable } from './option-table.ts'
import { tidyOption } from './tidy-option.ts'
import { quote, unknownLine, unknownNames } from './unknown-names.ts'

/**
 * The function that takes the options, and where unknown names are reported.
 * @internal
 */
export interface OptionReader<T> {
  /** The function that takes them, as its caller writes it. */
  readonly name: string
  /** How each option is read. */
  readonly table: OptionTable<T>
  /** Names of options of adapters, which one object may hold for both: reported, and nothing is stopped. */
  readonly foreign?: readonly string[]
  /** Gets one line for all unknown names. */
  readonly warn: (line: string) => void
}

/** A misspelt one would let events of visitors through who refused. */
const CONSENT = 'consent'
const SLIPS = 2

/**
 * The options that are known, with their texts trimmed; a blank text is unset, also one that a function answers with.
 * Unknown names are reported in one line (`option_unknown`), each with the name that was probably meant.
 * @throws CapiConfigError for a name that could mean `consent`, for a `consent` that is there but empty, and for what is no
 * object of options.
 * @internal
 */
export function readOptions<T extends object>(given: T, reader: OptionReader<T>): T {
  demandOptions(given, reader.name)
  const unknown: string[] = []
  const { name, foreign = [] } = reader
  const read = readTable(given, reader.table, { prefix: '', name, foreign, unknown })
  if (unknown.length > 0) reader.warn(unknownLine(reader.name, unknown))
  return read as T
}

interface Reading {
  readonly prefix: string
  readonly name: string
  readonly foreign: readonly string[]
  readonly unknown: string[]
}

function readTable(given: object, table: AnyOptionTable, reading: Reading): object {
  const { prefix, name, foreign, unknown } = reading
  for (const key of Object.keys(given)) {
    const isForeign = foreign.includes(key) && !Object.hasOwn(table, key)
    const isKnown = isForeign || Object.hasOwn(table, key)
    if (!isKnown && isSimilar(key, CONSENT, SLIPS))
      throw consentError(prefix + key, name, CONSENT in table)
    if (isForeign) unknown.push(`${quote(key)}, which the middleware or module for requests takes`)
  }
  unknown.push(...unknownNames(given, [...foreign, ...Object.keys(table)], prefix))
  const read: Record<string, unknown> = {}
  for (const [key, kind] of Object.entries(table)) {
    const value = (given as Fields)[key]
    if (kind === 'consent' && (value ?? undefined) === undefined && Object.hasOwn(given, key))
      throw stopped(
        `Option consent of ${name} is there but empty: pass a consent, or leave it out.`,
      )
    if (value === undefined) continue
    if (typeof kind === 'string' || !isObject(value)) {
      const tidy = tidyOption(value, typeof kind === 'string' ? kind : 'any', given)
      demandKind(tidy, kind, prefix + key)
      read[key] = tidy
    } else read[key] = readTable(value, kind, { ...reading, prefix: `${prefix}${key}.` })
  }
  return read
}

function consentError(key: string, name: string, isTaken: boolean): CapiConfigError {
  const what = isTaken
    ? `Option ${quote(key)} of ${name} is not known: write ${quote(CONSENT)}.`
    : `${name} takes no consent (option ${quote(key)}): it belongs in the scope, capi.with({ consent }), or in the options by which requests are read (capiMiddleware, CapiModule.forRoot, what useFactory gives).`
  return stopped(what)
}

function stopped(what: string): CapiConfigError {
  return new CapiConfigError(
    'config_invalid',
    `${what} Ignored, it would send the events of visitors who refused, so the start is stopped.`,
  )
}

/**
 * A misspelt `consent` in options of which nothing else is checked.
 * @internal
 */
export function resemblesConsent(name: string): boolean {
  return name !== CONSENT && isSimilar(name, CONSENT, SLIPS)
}

/**
 * Refuses a request in the place of options: `app.use(make)` was written for `app.use(make())`.
 * @throws CapiConfigError that says what to write.
 * @internal
 */
export function refuseRequest(given: unknown, name: string): void {
  if (!isObject(given) || !('headers' in given && 'method' in given && 'url' in given)) return
  throw new CapiConfigError(
    'config_invalid',
    `${name} was given a request in place of its options: call it when you mount it, ${name}(), with parentheses.`,
  )
}

function demandOptions(given: unknown, name: string): asserts given is object {
  refuseRequest(given, name)
  demandObject(given, `${name} takes an object of options.`)
}

function isObject(value: unknown): value is object {
  return asFields(value) !== undefined
}
