import { CALL_RULES } from './call-rules.ts'
import { EVENT_RULES } from './event-rules.ts'
import {
  type Call,
  type Fault,
  type Fields,
  isFields,
  type Rule,
  type RuleContext,
} from './rule.ts'

/**
 * `meta` refuses what Meta refuses. `strict` also refuses what is taken and wasted: findings of high
 * severity. `lenient` takes everything and still says what Meta would refuse.
 */
export type Mode = (typeof MODES)[number]

export const MODES = ['meta', 'strict', 'lenient'] as const

/** Why a call is refused. `blamed` is absent when no single event is to blame. */
export interface Refusal {
  readonly rule: Rule
  readonly fault: Fault
  readonly blamed?: number
}

/** What comes of a call. */
export interface Verdict {
  /** Absent: it is taken. */
  readonly refusal?: Refusal
  /** What is wrong with which event, by its position. */
  readonly errors: ReadonlyMap<number, Refusal>
}

/** What refuses one event: the first thing that is wrong with it. */
export type EventCheck = (event: Fields, context: RuleContext) => Refusal | undefined

interface Circumstances {
  readonly nowMs: number
  readonly mode: Mode
  /** What `strict` refuses beside what Meta does. */
  readonly strictCheck: EventCheck
}

/** Judges a call. The first failure wins, and one bad event refuses all. */
export function judge(call: Call, { nowMs, mode, strictCheck }: Circumstances): Verdict {
  const events = eventsOf(call)
  const ofCall = firstFailure(CALL_RULES, (rule) => rule.check(call))
  if (mode === 'lenient') return { errors: everyError(events, ofCall, nowMs) }
  const refusal: Refusal | undefined =
    ofCall ??
    firstBad(events, nowMs, wrongByMeta) ??
    (mode === 'strict' ? firstBad(events, nowMs, strictCheck) : undefined)
  if (refusal === undefined) return { errors: new Map() }
  const { blamed } = refusal
  return { refusal, errors: new Map(blamed === undefined ? [] : [[blamed, refusal]]) }
}

/** The events of a call that can be shown: those that are objects. */
export function eventsOf(call: Call): readonly Fields[] {
  const data = call.body?.['data']
  return Array.isArray(data) ? data.filter(isFields) : []
}

const wrongByMeta: EventCheck = (event, context) => {
  const failure = firstFailure(EVENT_RULES, (rule) => rule.check(event, context))
  return failure && { ...failure, blamed: context.index }
}

function firstBad(
  events: readonly Fields[],
  nowMs: number,
  check: EventCheck,
): Refusal | undefined {
  for (const [index, event] of events.entries()) {
    const refusal = check(event, { nowMs, index })
    if (refusal) return refusal
  }
  return undefined
}

function everyError(
  events: readonly Fields[],
  ofCall: Refusal | undefined,
  nowMs: number,
): ReadonlyMap<number, Refusal> {
  return new Map(
    events.flatMap((event, index) => {
      const refusal = ofCall ?? wrongByMeta(event, { nowMs, index })
      return refusal ? [[index, refusal]] : []
    }),
  )
}

function firstFailure<R extends Rule>(
  rules: readonly R[],
  check: (rule: R) => Fault | undefined,
): { readonly rule: R; readonly fault: Fault } | undefined {
  for (const rule of rules) {
    const fault = check(rule)
    if (fault) return { rule, fault }
  }
  return undefined
}
