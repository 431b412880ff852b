import type { EmulatorOptions, WaitOptions } from './emulator.ts'
import type { ListenOptions } from './listen.ts'
import type { StartOptions } from './start-emulator.ts'

/** Every option of `T`, and no other; a table stands for an object with options of its own. */
type Names<T> = { readonly [Name in keyof T]-?: true | NameTable }
interface NameTable {
  readonly [name: string]: true | NameTable
}

export const LISTEN_OPTIONS = { port: true, host: true } as const satisfies Names<ListenOptions>
export const WAIT_OPTIONS = { timeoutMs: true } as const satisfies Names<WaitOptions>
export const EMULATOR_OPTIONS = {
  now: true,
  max: true,
  mode: true,
  random: true,
  dedup: { prefer: true } as const satisfies Names<NonNullable<EmulatorOptions['dedup']>>,
  persist: true,
} as const satisfies Names<EmulatorOptions>
export const START_OPTIONS = {
  ...EMULATOR_OPTIONS,
  ...LISTEN_OPTIONS,
} as const satisfies Names<StartOptions>

/**
 * The options without blanks around their texts; a blank text is unset. Unknown names are reported in one process warning
 * (`option_unknown`). The emulator judges core and shares no code with it, so this check is its own.
 */
export function knownOptions<T extends object>(given: T, table: Names<T>, by: string): T {
  const unknown: string[] = []
  const known = pick(given, table, '', unknown)
  if (unknown.length > 0) {
    const line = `@capi/emulator: ${by} ignores unknown options: ${unknown.join('; ')} (option_unknown)`
    process.emitWarning(line, 'CapiEmulatorWarning', 'option_unknown')
  }
  return known as T
}

function pick(given: object, table: NameTable, prefix: string, unknown: string[]): object {
  for (const name of Object.keys(given).filter((key) => !Object.hasOwn(table, key))) {
    const meant = nearest(name, Object.keys(table))
    unknown.push(`"${prefix}${name}"${meant === undefined ? '' : `, meant "${prefix}${meant}"?`}`)
  }
  const entries = Object.entries(table).map(([name, inner]) => {
    const value: unknown = (given as Readonly<Record<string, unknown>>)[name]
    if (typeof value === 'string') return [name, value.trim() || undefined]
    const isNested = inner !== true && typeof value === 'object' && value !== null
    return [name, isNested ? pick(value, inner, `${prefix}${name}.`, unknown) : value]
  })
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
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

/** With its ends: they tell most of a short name. */
function pairsOf(name: string): string[] {
  const framed = `^${name}$`
  return Array.from({ length: framed.length - 1 }, (_, at) => framed.slice(at, at + 2))
}
