import type {
  Lease,
  LeaseRequest,
  Loss,
  Outbox,
  OutboxItem,
  PixelCounts,
  PutOptions,
  PutResult,
  Settlement,
  SettleResult,
  Time,
} from '@capi/core/outbox'

/** Losses of one pixel. */
export interface OldLoss {
  readonly lane: string
  readonly reason: Loss['reason']
  readonly count: number
  readonly event_ids: readonly string[]
}

/** The port that this package was written for: it has leases, renewals and sweeps of its own. */
export interface OldOutbox
  extends Pick<
    Outbox,
    'sharedAs' | 'isTransactional' | 'pollMs' | 'readDead' | 'removeDead' | 'removeMatching'
  > {
  put(
    items: readonly OutboxItem[],
    nowMs: number,
    options?: PutOptions,
  ): Promise<readonly PutResult[]>
  lease(request: Omit<LeaseRequest, 'leaseMs'> & { readonly tickMs?: number }): Promise<Lease>
  settle(settlements: readonly Settlement[], time: Time): Promise<readonly SettleResult[]>
  recover(): Promise<Readonly<Record<string, number>>>
  dueLanes(): Promise<readonly string[]>
  sweep(nowMs: number): Promise<readonly OldLoss[]>
  stats(): Promise<Readonly<Record<string, PixelCounts>>>
  close(): Promise<readonly OldLoss[]>
}

/** Core's port over the old one. */
export function fromOldPort(old: OldOutbox): Outbox {
  return {
    ...old,
    put: (items, { nowMs }, options) => old.put(items, nowMs, options),
    lease: (request) => old.lease(request),
    settle: (settlements, time) => old.settle(settlements, time),
    // Its leases are renewed where they are made.
    renew: async () => {},
    recover: () => old.recover(),
    dueLanes: () => old.dueLanes(),
    takeExpired: async (_limit, { nowMs }) => ({ losses: each(await old.sweep(nowMs)) }),
    counts: () => old.stats(),
    close: async () => each(await old.close()),
  }
}

function each(losses: readonly OldLoss[]): readonly Loss[] {
  return losses.flatMap(({ lane, reason, event_ids }) =>
    event_ids.map((event_id) => ({ lane, reason, event_id })),
  )
}
