import { demand } from './demand.ts'

const isFunction = (value: unknown) => typeof value === 'function'
/** Also of a function: some loggers are. */
/* @__NO_SIDE_EFFECTS__ */
const has =
  (...methods: readonly string[]) =>
  (value: unknown) =>
    methods.every((name) => isFunction((Object(value) as Record<string, unknown>)[name]))

/** What an option of this kind must be, beside absent. */
const KINDS = {
  string: [(value: unknown) => typeof value === 'string', 'must be text'],
  number: [(value: unknown) => typeof value === 'number', 'must be a number'],
  boolean: [(value: unknown) => typeof value === 'boolean', 'must be true or false'],
  function: [isFunction, 'must be a function'],
  clock: [has('now', 'tick', 'after'), 'must have the methods now, tick and after'],
  logger: [has('warn', 'error'), 'must have the methods warn and error, as console has'],
} as const

export type CheckedKind = keyof typeof KINDS

/** @throws CapiConfigError naming the option, for a value of another kind; null is absent. A table: options of its own. */
export function demandKind(value: unknown, kind: string | object, option: string): void {
  if (value === undefined || value === null) return
  if (typeof kind === 'object')
    demand(false, option, `must be an object of options: ${Object.keys(kind).join(', ')}`)
  else if (Object.hasOwn(KINDS, kind)) {
    const [holds, rule] = KINDS[kind as CheckedKind]
    demand(holds(value), option, rule)
  }
}
