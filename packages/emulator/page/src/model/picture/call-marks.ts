import { type TimeScale, timeScale } from './time-axis.ts'

/** What the picture reads of a call. */
export interface DrawnCall {
  readonly id: number
  /** Unix milliseconds. */
  readonly received_at: number
  readonly outcome: 'taken' | 'refused' | 'faulted'
  /** Calls that carried one of its events again, itself included. */
  readonly tries?: readonly number[]
}

export type CallOutcome = DrawnCall['outcome']

/** Calls of one outcome that stand too close to be told apart. */
export interface CallMark {
  readonly x: number
  readonly count: number
  readonly newest: DrawnCall
}

export interface CallRow {
  readonly outcome: CallOutcome
  readonly marks: readonly CallMark[]
}

/** The tries of one event, first to last. */
export interface TryRow {
  readonly tries: readonly { readonly x: number; readonly call: DrawnCall }[]
}

export interface CallPicture {
  readonly scale: TimeScale
  readonly rows: readonly CallRow[]
  /** The newest first. */
  readonly retried: readonly TryRow[]
  /** Retried events beyond those that are drawn. */
  readonly left: number
}

const OUTCOMES = ['taken', 'refused', 'faulted'] as const
/** As wide as WCAG 2.2 asks of what can be clicked. */
export const CELL = 24
const MAX_TRY_ROWS = 5

/** Where calls stand in time: a row for each outcome, and one for each event that was sent more than once. */
export function callPicture(given: readonly DrawnCall[], width: number): CallPicture {
  const calls = given.toSorted((one, other) => one.id - other.id)
  const times = calls.map(({ received_at }) => received_at)
  const [fromMs, toMs] = [Math.min(...times), Math.max(...times)]
  const scale = timeScale(fromMs, toMs, Math.max(CELL, width - CELL))
  const groups = retriesOf(calls)
  return {
    scale,
    rows: OUTCOMES.map((outcome) => ({
      outcome,
      marks: marksOf(
        calls.filter((call) => call.outcome === outcome),
        scale,
      ),
    })).filter(({ marks }) => marks.length > 0),
    retried: groups.slice(0, MAX_TRY_ROWS).map((group) => tryRow(group, scale)),
    left: Math.max(0, groups.length - MAX_TRY_ROWS),
  }
}

function marksOf(calls: readonly DrawnCall[], { x }: TimeScale): readonly CallMark[] {
  const cells = new Map<number, CallMark>()
  for (const call of calls) {
    const cell = Math.floor(x(call.received_at) / CELL)
    const count = (cells.get(cell)?.count ?? 0) + 1
    cells.set(cell, { x: (cell + 0.5) * CELL, count, newest: call })
  }
  return [...cells.values()].sort((one, other) => one.x - other.x)
}

function retriesOf(calls: readonly DrawnCall[]): readonly (readonly DrawnCall[])[] {
  const groups = new Map<number, DrawnCall[]>()
  for (const call of calls) {
    const [first = call.id] = call.tries ?? []
    const group = groups.get(first)
    if (group) group.push(call)
    else groups.set(first, [call])
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .sort((one, other) => (other.at(-1)?.received_at ?? 0) - (one.at(-1)?.received_at ?? 0))
}

/** Tries that follow at once are moved apart, so that each can be seen and hit. */
function tryRow(group: readonly DrawnCall[], { x, width }: TimeScale): TryRow {
  const fitting = group.slice(-Math.floor(width / CELL) - 1)
  const xs: number[] = []
  for (const call of fitting) {
    xs.push(Math.max(x(call.received_at) + CELL / 2, (xs.at(-1) ?? -CELL) + CELL))
  }
  // What was pushed out at the end pushes back.
  for (let index = xs.length - 1, limit = width + CELL / 2; index >= 0; index--, limit -= CELL) {
    xs[index] = Math.min(xs[index] ?? 0, limit)
  }
  return { tries: fitting.map((call, index) => ({ x: xs[index] ?? 0, call })) }
}
