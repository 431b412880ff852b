import type { LeasedItem } from '../store/outbox-port.ts'
import type { Verdict } from '../transport/classify.ts'
import { type Answer, type Exchange, isHeld, receivedOf } from '../transport/exchange.ts'
import type { DeliveryOptions } from './delivery-options.ts'
import type { Doubts } from './doubts.ts'
import type { LaneGate } from './lane-gate.ts'
import type { Settler } from './settler.ts'
import { inTurn, type Turns } from './turns.ts'

export interface BatchContext {
  readonly pixelId: string
  readonly options: Pick<DeliveryOptions, 'clock' | 'time' | 'random' | 'retry'>
  readonly exchange: Exchange
  readonly gate: LaneGate
  readonly settler: Settler
  readonly doubts: Doubts
  readonly connections: Turns
  /** Aborted: the client closes. */
  readonly signal: AbortSignal
  /** Runs one search after the other: what the first finds out may spare the next. */
  readonly inTurn: (search: () => Promise<void>) => Promise<void>
}

export interface Sent {
  readonly answer: Answer
  readonly startTick: number
}

/** How the lane stands after a verdict that is not about its events. */
export const BLOCKS = {
  retry: 'retrying',
  ambiguous: 'retrying',
  throttled: 'throttled',
  auth: 'paused',
  config: 'paused',
} as const satisfies Partial<Record<Verdict, string>>

/** One request with these events. */
export async function sendBatch(
  items: readonly LeasedItem[],
  context: BatchContext,
): Promise<Sent> {
  const { gate, signal, pixelId, exchange, options } = context
  const bodies = items.map((item) => item.body)
  const limits = { signal, mayLeave: () => gate.waitMs() === 0, traces: () => tracesOf(items) }
  return await inTurn(context.connections, async () => {
    const startTick = options.clock.tick()
    const answer = await exchange(pixelId, bodies, limits)
    if (!isHeld(answer)) context.doubts.onAnswer(items, answer.classified.verdict)
    return { answer, startTick }
  })
}

/** Meta took them. */
export async function succeed(
  items: readonly LeasedItem[],
  { answer, startTick }: Sent,
  { gate, settler, doubts }: BatchContext,
): Promise<void> {
  gate.pass(startTick)
  await settler.deliver(items, receivedOf(answer), doubts.among(items))
}

function tracesOf(items: readonly LeasedItem[]): readonly string[] {
  return [...new Set(items.flatMap(({ trace }) => trace ?? []))]
}
