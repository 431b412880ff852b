import type { LaneStatus } from '../delivery/pixel-state.ts'
import type { Cause } from '../issue/cause.ts'
import { outboxCause } from '../store/outbox-cause.ts'
import type { PixelCounts } from '../store/outbox-port.ts'
import type { ClientState } from './client-state.ts'
import { recoverInRequest } from './outbox.ts'
import type { PixelStatus, Stats } from './tracker.ts'

const IDLE: LaneStatus = { state: 'open' }

type Held = Readonly<Record<string, PixelCounts>>

/** The counts, and how each pixel and the outbox stand. Never rejects. */
export async function stats(state: ClientState): Promise<Stats> {
  recoverInRequest(state)
  const { counts, cause: failure } = await measure(state)
  // From here on in one go: what comes to rest meanwhile would be counted on both sides.
  const { held, unknown, cause = failure } = state.store.status()
  const unsettled = state.lanes?.unsettled() ?? 0
  const { tracked, delivered, dropped } = state.ledger.counts()
  const pixels: Record<string, PixelStatus> = {}
  for (const [pixelId, status] of state.lanes?.statuses() ?? [])
    if (counts === undefined || Object.hasOwn(counts, pixelId)) pixels[pixelId] = status
  for (const [pixelId, found] of Object.entries(counts ?? {}))
    pixels[pixelId] = { ...IDLE, ...pixels[pixelId], ...found }
  return {
    tracked: tracked + held + unknown,
    delivered,
    queued: counts && queuedIn(counts) + held,
    held,
    unknown: unknown + unsettled,
    dropped,
    outbox: cause === undefined ? { state: 'ready' } : { state: 'away', cause },
    pixels,
    ...(state.isClosed && { isClosed: true }),
  }
}

/** What waits, in the outbox and in memory. Undefined: the outbox cannot say. Never rejects. */
export async function measureQueue(state: ClientState): Promise<number | undefined> {
  const inOutbox = await measureOutbox(state)
  return inOutbox === undefined ? undefined : inOutbox + state.store.status().held
}

/** What waits in the outbox. Undefined: it cannot say. Never rejects. */
export async function measureOutbox(state: ClientState): Promise<number | undefined> {
  const { counts } = await measure(state)
  return counts && queuedIn(counts)
}

async function measure({
  exchange,
  store,
}: ClientState): Promise<{ readonly counts?: Held; readonly cause?: Cause }> {
  // A client that sends nothing has no outbox of its own.
  if (exchange === undefined) return { counts: {} }
  try {
    return { counts: await store.counts() }
  } catch (error) {
    return { cause: outboxCause(error) }
  }
}

function queuedIn(counts: Held): number {
  return Object.values(counts).reduce((sum, { queued }) => sum + queued, 0)
}
