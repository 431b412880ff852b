import { CapiError } from '@capi/core'
import type { Lease, LeaseToken } from '@capi/core/outbox'
import type { OldOutbox } from '../src/old-port.ts'

export const LANE = '1234567890'
export const NOW_MS = Date.UTC(2026, 10, 23, 12)
export const TIME = { tickMs: 0, nowMs: NOW_MS }

export const lease = (outbox: OldOutbox, maxEvents = 100): Promise<Lease> =>
  outbox.lease({ lane: LANE, maxEvents, maxBytes: 1e6, tickMs: 0 })

export const delivered = (token: LeaseToken) => ({ kind: 'delivered', token }) as const

export const idsOf = (items: readonly { readonly event_id: string }[]) =>
  items.map((item) => item.event_id)

/** Why the outbox failed. */
export function problemOf(error: unknown): string {
  if (CapiError.is(error) && error.code === 'store_failed') return error.problem
  throw error
}
