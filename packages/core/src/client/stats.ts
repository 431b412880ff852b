import type { LaneStatus } from '../delivery/lane-gate.ts'
import type { Outbox, PixelCounts } from '../delivery/outbox-port.ts'
import type { ClientState } from './client-state.ts'
import type { Stats } from './tracker.ts'

const IDLE: LaneStatus = { state: 'open' }

/** The counts, and how each pixel stands. Never rejects. */
export async function stats(state: ClientState): Promise<Stats> {
  const held = state.exchange === undefined ? {} : await countsIn(state.options.outbox)
  const pixels = Object.fromEntries(
    Object.entries(held).map(([pixelId, counts]) => [
      pixelId,
      { ...(state.lanes.get(pixelId)?.status() ?? IDLE), ...counts },
    ]),
  )
  const counts = state.ledger.counts()
  if (state.options.outbox.sharedAs === undefined) return { ...counts, pixels }
  return { ...counts, queued: queuedIn(held), pixels }
}

export function queuedIn(held: Readonly<Record<string, PixelCounts>>): number {
  return Object.values(held).reduce((sum, { queued }) => sum + queued, 0)
}

/** Nothing, when the outbox cannot say. Never rejects. */
export async function countsIn(outbox: Outbox): Promise<Readonly<Record<string, PixelCounts>>> {
  try {
    return (await outbox.stats()) ?? {}
  } catch {
    return {} // The outbox is broken; what it refuses is counted as store_failed.
  }
}
