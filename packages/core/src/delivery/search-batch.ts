import type { Cause } from '../issue/cause.ts'
import type { LeasedItem } from '../store/outbox-port.ts'
import { type Answer, causeOf, isHeld } from '../transport/exchange.ts'
import { retryDelayMs } from './backoff.ts'
import { isolate, type Trial } from './isolate.ts'
import { type BatchContext, BLOCKS, type Sent, sendBatch, succeed } from './send-batch.ts'

/** Requests one search for bad events may take; what is undecided then waits for the next batch. */
const MAX_TRIALS = 64
/** What passed so lately shows that refusals are the events' own fault. */
const PROOF_MS = 60_000

/** One search after the other as long as it is open whether anything passes; then side by side. */
export function searchBatch(
  items: readonly LeasedItem[],
  sent: Sent,
  context: BatchContext,
): Promise<void> {
  const work = () => search(items, sent, context)
  return context.gate.passedWithin(PROOF_MS) ? work() : context.inTurn(work)
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
    const sent = await sendBatch(some, context)
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
  const deadLetters = isSystemic || searched !== 'rejected' ? [] : guilty
  for (const item of deadLetters)
    await settler.deadLetter([item], causes.get(item) ?? causeOf(whole.answer))
  await settler.retry(postponed, searched !== 'rejected', (item) =>
    searched === 'rejected' ? 0 : retryDelayMs(item.attempts + 1, options.retry, options.random),
  )
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
