import { CapiStoreError } from '../issue/errors.ts'
import { addLosses, type LaneLoss } from './add-losses.ts'
import { groupedPut } from './grouped-put.ts'
import { leaseKeeper } from './lease-keeper.ts'
import type {
  DeadFilter,
  DeadItem,
  Expired,
  Lease,
  LeaseRequest,
  Loss,
  Outbox,
  OutboxItem,
  PixelCounts,
  PutResult,
  Settlement,
  SettleResult,
} from './outbox-port.ts'
import { type Limit, within } from './within.ts'

/** Removed in one call of the outbox: it must not hold up puts for long. */
const EXPIRED_STEP = 5_000
/** One that always says that there is more is not asked indefinitely. */
const MAX_STEPS = 1_000

export interface StoreContext extends Limit {
  /** Gets everything the outbox gave up, also what an answer says that came too late. */
  readonly onLoss: (losses: readonly LaneLoss[]) => void
}

/** An outbox as core asks it: it knows the time, and no call waits for longer than `timeoutMs`. */
export interface Store {
  readonly sharedAs: Outbox['sharedAs']
  readonly pollMs: number
  /** Bounded by the caller, who counts what is taken late. `isGivenUp` tells that the caller waits no longer. */
  put(
    items: readonly OutboxItem[],
    how: { readonly transaction?: unknown; readonly isGivenUp: () => boolean },
  ): Promise<readonly PutResult[]>
  /** Renewed until it is settled. */
  lease(request: Omit<LeaseRequest, 'leaseMs'>): Promise<Lease>
  settle(settlements: readonly Settlement[]): Promise<readonly SettleResult[]>
  recover(): Promise<Readonly<Record<string, number>>>
  dueLanes(): Promise<readonly string[]>
  /** Gives up all that expired, and reports it. */
  dropExpired(): Promise<void>
  readDead(filter: DeadFilter, limit: number): Promise<readonly DeadItem[]>
  removeDead(ids: readonly string[]): Promise<number>
  counts(): Promise<Readonly<Record<string, PixelCounts>>>
  /** Reports what cannot be kept. */
  close(): Promise<void>
}

/** Put outside of it, the event would stand for an order that may never be. */
const noTransactions = () =>
  new CapiStoreError(
    'transaction_unsupported',
    'This outbox takes no transaction: use one on Postgres (@capi/pg-boss), or track after the commit.',
  )

export function openStore(outbox: Outbox, { onLoss, ...limit }: StoreContext): Store {
  const { clock } = limit
  const time = () => ({ tickMs: clock.tick(), nowMs: clock.now() })
  const keeper = leaseKeeper(outbox, limit)
  const putTogether = groupedPut((items) => outbox.put(items, time()), limit)
  const report = (losses: readonly Loss[] | undefined) => onLoss(addLosses(losses ?? []))

  async function takeExpired(): Promise<Expired> {
    const late = (expired: Expired) => report(expired?.losses)
    return (await within(limit, () => outbox.takeExpired(EXPIRED_STEP, time()), late)) ?? NONE
  }

  return {
    sharedAs: outbox.sharedAs,
    pollMs: outbox.pollMs ?? 1_000,

    async put(items, { transaction, isGivenUp }) {
      if (transaction === undefined) return putTogether(items, isGivenUp)
      if (outbox.isTransactional !== true) throw noTransactions()
      return outbox.put(items, time(), { transaction })
    },

    async lease(request) {
      const asked = { ...request, leaseMs: keeper.leaseMs }
      const lease = await within(limit, () => outbox.lease(asked, time()))
      keeper.add(lease.items)
      return lease
    },

    async settle(settlements) {
      const results = await within(limit, () => outbox.settle(settlements, time()))
      keeper.remove(settlements.map(({ token }) => token))
      return results
    },

    recover: () => within(limit, () => outbox.recover(time())),
    dueLanes: () => within(limit, () => outbox.dueLanes(time())),

    async dropExpired() {
      const losses: Loss[] = []
      try {
        for (let step = 0; step < MAX_STEPS; step++) {
          const expired = await takeExpired()
          losses.push(...(expired.losses ?? []))
          if (expired.hasMore !== true) return
        }
      } finally {
        // What was given up is reported, whatever comes of the rest.
        report(losses)
      }
    },

    readDead: (filter, most) => within(limit, () => outbox.readDead(filter, most)),
    removeDead: (ids) => within(limit, () => outbox.removeDead(ids)),
    counts: async () => (await within(limit, () => outbox.counts())) ?? {},
    close: async () => report(await outbox.close()),
  }
}

const NONE: Expired = { losses: [] }
