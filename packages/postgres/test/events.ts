import { CapiError } from '@capi/core'
import type { Lease, Outbox } from '@capi/core/outbox'

export const LANE = '1234567890'
export const NOW_MS = Date.UTC(2026, 10, 23, 12)
export const TIME = { tickMs: 0, nowMs: NOW_MS }

export const lease = (outbox: Outbox, maxEvents = 100): Promise<Lease> =>
  outbox.lease({ lane: LANE, maxEvents, maxBytes: 1e6, leaseMs: 60_000 }, TIME)

export const idsOf = (items: readonly { readonly event_id: string }[]) =>
  items.map((item) => item.event_id)

/** Why the outbox failed. */
export function problemOf(error: unknown): string {
  if (CapiError.is(error) && error.code === 'store_failed') return error.problem
  throw error
}
