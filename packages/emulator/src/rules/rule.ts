/** A JSON object as it was sent: every key may be absent, every value may be of the wrong type. */
export type Fields = Readonly<Record<string, unknown>>

/** Narrows to a JSON object; lists and null are not objects here. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One call as the rules see it. `body` is absent when it could not be read. */
export interface Call {
  readonly token?: string
  readonly body?: Fields
}

/** What a rule found. Both texts may name keys and paths; neither may repeat a value. */
export interface Fault {
  readonly detail: string
  readonly path?: string
}

/** What an event is judged against. */
export interface RuleContext {
  readonly nowMs: number
  /** Position of the event in `data`, for paths. */
  readonly index: number
}

/** One reason to refuse. `code` and `subcode` are Meta's; `id`, `title` and `fix` are ours. */
export interface Rule {
  readonly id: string
  readonly status: 400 | 401 | 404
  readonly code: number
  readonly subcode?: number
  readonly title: string
  /** What the developer should do about it. */
  readonly fix: string
}

/** A rule about the call as a whole. */
export interface CallRule extends Rule {
  readonly check: (call: Call) => Fault | undefined
}

/** A rule about one event of the call. */
export interface EventRule extends Rule {
  readonly check: (event: Fields, context: RuleContext) => Fault | undefined
}

/**
 * Names a place in the call the way refusals seen in the wild do: `$['data'][0]['event_name']`.
 * Source: Meta Node SDK issue 258, read 2026-09.
 */
export function pathTo(index: number, ...keys: readonly string[]): string {
  return `$['data'][${index}]${keys.map((key) => `['${key}']`).join('')}`
}

/** The fault of a key that had to be there. */
export function requiredFault(path: string): Fault {
  return { detail: `The parameter ${path} is required.`, path }
}
