import type { LaneStatus } from '../delivery/lane-gate.ts'
import type { LaneCounts, OutboxStore } from '../delivery/outbox-store.ts'
import type { ClientState } from './client-state.ts'
import type { Stats } from './tracker.ts'

const IDLE: LaneStatus = { state: 'open' }

/** The counts, and how each pixel's lane stands. Never rejects. */
export async function stats(state: ClientState): Promise<Stats> {
  const held = state.exchange === undefined ? {} : await countsIn(state.options.store)
  const lanes = Object.fromEntries(
    Object.entries(held).map(([pixelId, counts]) => [
      pixelId,
      { ...(state.lanes.get(pixelId)?.status() ?? IDLE), ...counts },
    ]),
  )
  const counts = state.ledger.counts()
  if (state.options.store.sharedAs === undefined) return { ...counts, lanes }
  return { ...counts, queued: queuedIn(held), lanes }
}

export function queuedIn(held: Readonly<Record<string, LaneCounts>>): number {
  return Object.values(held).reduce((sum, { queued }) => sum + queued, 0)
}

/** Nothing, when the outbox cannot say. Never rejects. */
export async function countsIn(store: OutboxStore): Promise<Readonly<Record<string, LaneCounts>>> {
  try {
    return (await store.stats()) ?? {}
  } catch {
    return {} // The outbox is broken; what it refuses is counted as store_error.
  }
}
