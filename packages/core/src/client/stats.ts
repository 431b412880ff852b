import type { LaneStatus } from '../delivery/pixel-state.ts'
import type { PixelCounts } from '../store/outbox-port.ts'
import type { Store } from '../store/store.ts'
import type { ClientState } from './client-state.ts'
import type { Stats } from './tracker.ts'

const IDLE: LaneStatus = { state: 'open' }

/** The counts, and how each pixel stands. Never rejects. */
export async function stats(state: ClientState): Promise<Stats> {
  const held = state.exchange === undefined ? {} : await countsIn(state.store)
  const pixels = Object.fromEntries(
    Object.entries(held).map(([pixelId, counts]) => [
      pixelId,
      { ...(state.lanes.get(pixelId)?.status() ?? IDLE), ...counts },
    ]),
  )
  const counts = state.ledger.counts()
  if (state.store.sharedAs === undefined) return { ...counts, pixels }
  return { ...counts, queued: queuedIn(held), pixels }
}

export function queuedIn(held: Readonly<Record<string, PixelCounts>>): number {
  return Object.values(held).reduce((sum, { queued }) => sum + queued, 0)
}

/** Nothing, when the outbox cannot say. Never rejects. */
export async function countsIn(store: Store): Promise<Readonly<Record<string, PixelCounts>>> {
  try {
    return await store.counts()
  } catch {
    return {} // The outbox is broken; what it refuses is counted as store_failed.
  }
}
