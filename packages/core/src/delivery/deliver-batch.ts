import type { ResolvedOptions } from '../client/options.ts'
import type { Cause } from '../issue/cause.ts'
import type { LeasedItem } from '../store/outbox-port.ts'
import type { Verdict } from '../transport/classify.ts'
import { type Answer, causeOf, type Exchange, isHeld, receivedOf } from '../transport/exchange.ts'
import { retryDelayMs } from './backoff.ts'
import { isolate, type Trial } from './isolate.ts'
import type { LaneGate } from './lane-gate.ts'
import type { Settler } from './settler.ts'

export interface BatchContext {
  readonly pixelId: string
  readonly options: Pick<ResolvedOptions, 'clock' | 'random' | 'retry'>
  readonly exchange: Exchange
  readonly gate: LaneGate
  readonly settler: Settler
  /** Aborted: the client closes. */
  readonly signal: AbortSignal
  /** Runs one search after the other: what the first finds out may spare the next. */
  readonly inTurn: (search: () => Promise<void>) => Promise<void>
}

interface Sent {
  readonly answer: Answer
  readonly startTick: number
}

/** How the lane stands after a verdict that is not about its events. */
const BLOCKS = {
  retry: 'retrying',
  ambiguous: 'retrying',
  throttled: 'throttled',
  auth: 'paused',
  config: 'paused',
} as const satisfies Partial<Record<Verdict, string>>

/** Requests one search for bad events may take; what is undecided then waits for the next batch. */
const MAX_TRIALS = 64
/** A batch that Meta answers with an error of its own this often, while others pass, is searched too. */
const SUSPICIOUS_ATTEMPTS = 2
/** What passed so lately shows that refusals are the events' own fault. */
const PROOF_MS = 60_000

/** Sends a leased batch and settles every event of it. Never rejects. */
export async function deliverBatch(
  leased: readonly LeasedItem[],
  context: BatchContext,
): Promise<void> {
  const { settler, gate, options } = context
  const nowMs = options.clock.now()
  const expired = leased.filter((item) => item.expiresAtMs <= nowMs)
  const items = leased.filter((item) => item.expiresAtMs > nowMs)
  if (expired.length > 0) await settler.expire(expired)
  if (items.length === 0) return
  const wasOpen = gate.isOpen()
  const sent = await send(items, context)
  const { verdict } = sent.answer.classified
  if (verdict === 'delivered') return succeed(items, sent, context)
  if (verdict === 'rejected') {
    if (items.length > 1) return searchInTurn(items, sent, context)
    const cause = causeOf(sent.answer)
    if (!gate.isPausedFor(cause.code)) return settler.bury(items, cause)
    // Alone, it cannot tell whether anything passes by now.
    gate.block('paused', cause, sent.startTick)
    return settler.retry(items, false, () => 0)
  }
  const isSuspicious =
    verdict === 'retry' &&
    wasOpen &&
    items.length > 1 &&
    isMetas(sent.answer) &&
    items.every((item) => item.attempts >= SUSPICIOUS_ATTEMPTS)
  return isSuspicious ? searchInTurn(items, sent, context) : postpone(items, sent, context)
}

/** One search after the other as long as it is open whether anything passes; then side by side. */
function searchInTurn(
  items: readonly LeasedItem[],
  sent: Sent,
  context: BatchContext,
): Promise<void> {
  const work = () => search(items, sent, context)
  return context.gate.passedWithin(PROOF_MS) ? work() : context.inTurn(work)
}

async function send(items: readonly LeasedItem[], context: BatchContext): Promise<Sent> {
  const startTick = context.options.clock.tick()
  const bodies = items.map((item) => item.body)
  const { gate, signal } = context
  const limits = { signal, mayLeave: () => gate.waitMs() === 0 }
  return { answer: await context.exchange(context.pixelId, bodies, limits), startTick }
}

async function succeed(
  items: readonly LeasedItem[],
  { answer, startTick }: Sent,
  { gate, settler }: BatchContext,
): Promise<void> {
  gate.pass(startTick)
  await settler.deliver(items, receivedOf(answer))
}

/** Not the events' fault: the lane waits, and they with it. */
async function postpone(
  items: readonly LeasedItem[],
  { answer, startTick }: Sent,
  { gate, settler, options, signal }: BatchContext,
): Promise<void> {
  const { verdict, waitMs } = answer.classified
  if (verdict === 'delivered' || verdict === 'rejected') return
  if (isHeld(answer)) return settler.retry(items, false, () => 0)
  const state = BLOCKS[verdict]
  if (!signal.aborted) gate.block(state, causeOf(answer), startTick, waitMs)
  const isAttempt = state === 'retrying'
  await settler.retry(items, isAttempt, (item) =>
    isAttempt ? retryDelayMs(item.attempts + 1, options.retry, options.random) : 0,
  )
}

/** Some of them are the reason: finds which, and lets the others through. */
async function search(
  items: readonly LeasedItem[],
  whole: Sent,
  context: BatchContext,
): Promise<void> {
  const { gate, settler, options, signal } = context
  const searched = whole.answer.classified.verdict
  const causes = new Map<LeasedItem, Cause>()
  let trials = 1
  let last: { readonly items: readonly LeasedItem[]; readonly sent: Sent } = { items, sent: whole }

  async function trySome(some: readonly LeasedItem[]): Promise<Trial> {
    if (signal.aborted || gate.waitMs() > 0 || trials >= MAX_TRIALS) return 'stopped'
    trials++
    const sent = await send(some, context)
    last = { items: some, sent }
    const { verdict } = sent.answer.classified
    if (verdict === 'delivered') {
      await succeed(some, sent, context)
      return 'delivered'
    }
    if (verdict === searched) {
      if (some.length === 1 && some[0] !== undefined) causes.set(some[0], causeOf(sent.answer))
      return 'refused'
    }
    // The lane waits; these wait with the undecided.
    if (verdict in BLOCKS && !signal.aborted && !isHeld(sent.answer)) {
      const state = BLOCKS[verdict as keyof typeof BLOCKS]
      gate.block(state, causeOf(sent.answer), sent.startTick, sent.answer.classified.waitMs)
    }
    return 'stopped'
  }

  const { guilty, undecided, isSystemic } = await isolate(shuffled(items, options.random), {
    send: trySome,
    isAlike: (one, other) => causes.get(one)?.code === causes.get(other)?.code,
    isProven: gate.passedWithin(PROOF_MS),
    blamed: () => last.items[eventIndex(last.sent.answer) ?? -1],
  })
  if (isSystemic) {
    gate.block(
      searched === 'rejected' ? 'paused' : 'retrying',
      causeOf(whole.answer),
      whole.startTick,
    )
  }
  const postponed = isSystemic || searched !== 'rejected' ? [...guilty, ...undecided] : undecided
  const buried = isSystemic || searched !== 'rejected' ? [] : guilty
  for (const item of buried) await settler.bury([item], causes.get(item) ?? causeOf(whole.answer))
  await settler.retry(postponed, searched !== 'rejected', (item) =>
    searched === 'rejected' ? 0 : retryDelayMs(item.attempts + 1, options.retry, options.random),
  )
}

function isMetas({ classified: { response } }: Answer): boolean {
  return response?.ok === false && response.code !== undefined
}

function eventIndex({ classified: { response } }: Answer): number | undefined {
  return response?.ok === false ? response.event_index : undefined
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((one) => ({ one, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ one }) => one)
}
