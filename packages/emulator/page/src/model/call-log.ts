import type { RecordedCall } from '../../../src/store/recorded-call.ts'
import { MAX_EVENTS } from './event-log.ts'

export type CallMessage =
  | RecordedCall
  /** All calls are forgotten, or those of a dataset. */
  | { readonly cleared: string | undefined }

/** The calls after some messages, in order of their numbers: a slow call comes after those that began later. */
export function applyCalls(
  calls: readonly RecordedCall[],
  messages: readonly CallMessage[],
  max: number = MAX_EVENTS,
): readonly RecordedCall[] {
  const byId = new Map(calls.map((call) => [call.id, call]))
  for (const message of messages) {
    if ('id' in message) byId.set(message.id, message)
    else if (message.cleared === undefined) byId.clear()
    else
      for (const { id, pixel_id } of byId.values())
        if (pixel_id === message.cleared) byId.delete(id)
  }
  return [...byId.values()].sort((one, other) => one.id - other.id).slice(-max)
}

export interface CallRow {
  readonly call: RecordedCall
  /** Which try of its events it is, from 1; absent when it is the only one. */
  readonly attempt?: number
  /** Whether it stands below a later try. */
  readonly isEarlier: boolean
}

/** Newest first, earlier tries of the same events right below the last one. */
export function rowsOf(calls: readonly RecordedCall[]): readonly CallRow[] {
  const byId = new Map(calls.map((call) => [call.id, call]))
  const drawn = new Set<number>()
  return calls.toReversed().flatMap((last) => {
    if (drawn.has(last.id)) return []
    const { tries = [] } = last
    const earlier = tries
      .toReversed()
      .flatMap((id) => (id === last.id || drawn.has(id) ? [] : (byId.get(id) ?? [])))
    return [last, ...earlier].map((call) => {
      drawn.add(call.id)
      const attempt = tries.indexOf(call.id) + 1
      return { call, isEarlier: call !== last, ...(attempt > 0 && { attempt }) }
    })
  })
}

/**
 * Holds for calls of which the list shows every word, or that arrived `at:` a time; a leading `-` turns a word round.
 */
export function callFilter(query: string): (call: RecordedCall) => boolean {
  const tests = query
    .toLowerCase()
    .split(/\s+/)
    .map((word) => {
      const isNegated = /^-./.test(word)
      const wanted = isNegated ? word.slice(1) : word
      const isAt = spanOf(wanted)
      return (call: RecordedCall, text: string) =>
        (isAt?.(call) ?? text.includes(wanted)) !== isNegated
    })
  return (call) => {
    const text = textOf(call)
    return tests.every((holds) => holds(call, text))
  }
}

function textOf(call: RecordedCall): string {
  const { method, path, source, outcome, status, error, fault, fbtrace_id, event_ids } = call
  const shown = [method, path, source, outcome, status ?? 'cut', error?.rule, error?.title]
  const known = [fault?.preset ?? fault?.type, fbtrace_id, ...event_ids]
  const again = isRetry(call) ? 'retry' : undefined
  return [...shown, ...known, again, noEvents(call)].join(' ').toLowerCase()
}

function noEvents({ event_ids, events }: RecordedCall): string | undefined {
  return events.length + event_ids.length === 0 ? 'no-events' : undefined
}

/** Whether it carries an event that an earlier call carried. */
export function isRetry({ id, tries }: Pick<RecordedCall, 'id' | 'tries'>): boolean {
  return tries !== undefined && tries[0] !== id
}

/** The word that finds calls of a span of whole minutes: `at:2026-11-01T00:15Z..2026-11-01T00:20Z`, the end left out. */
export function atTerm(fromMs: number, toMs: number): string {
  const [from, to] = [fromMs, toMs].map((ms) => new Date(ms).toISOString().replace(':00.000Z', 'Z'))
  return `at:${from}..${to}`
}

const AT = /^at:([^.]+)\.\.([^.]+)$/

/** Undefined where the word is no span of time. */
function spanOf(word: string): ((call: RecordedCall) => boolean) | undefined {
  const [from, to] = (AT.exec(word)?.slice(1) ?? []).map((text) => Date.parse(text.toUpperCase()))
  if (from === undefined || to === undefined || Number.isNaN(from + to)) return undefined
  return ({ received_at }) => received_at >= from && received_at < to
}
