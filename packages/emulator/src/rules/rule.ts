/** A JSON object as it was sent: every key may be absent, every value may be of the wrong type. */
export type Fields = Readonly<Record<string, unknown>>

/** Narrows to a JSON object; lists and null are not objects here. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One call as the rules see it. `body` is absent when it could not be read. */
export interface Call {
  readonly token?: string
  /** `appsecret_proof`, of the body or the query. */
  readonly proof?: string
  readonly body?: Fields
  /** The body is beyond what the emulator reads. */
  readonly isTooLarge?: boolean
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
  readonly status: number
  readonly code: number
  readonly subcode?: number
  /** Default `OAuthException`. */
  readonly type?: string
  readonly title: string
  /** What the developer should do about it. */
  readonly fix: string
}

/** Every refusal of the payload has this code; the subcode says more. */
export const INVALID = { status: 400, code: 100 } as const

/** Worn by the good events of a refused batch: any bad event fails the entire call. */
export const BATCH_REFUSED: Pick<Rule, 'id' | 'title' | 'fix'> = {
  id: 'batch_refused',
  title: 'Refused with its batch',
  fix: 'Nothing is wrong here: another event of this call was refused. Correct that one and send all again.',
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

/** An object of the event, or an empty one where something else or nothing stands. */
export function partOf(event: Fields, key: string): Fields {
  const part = event[key]
  return isFields(part) ? part : {}
}

/** Whether a key counts as missing. */
export function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

/** The first of these keys that is missing, as a fault. */
export function firstMissing(
  event: Fields,
  { index }: RuleContext,
  ...places: readonly (readonly [part: string, key: string])[]
): Fault | undefined {
  const place = places.find(([part, key]) => isMissing(partOf(event, part)[key]))
  return place && requiredFault(pathTo(index, ...place))
}
