import { asFields } from '../field/fields.ts'
import type { Cause } from '../issue/cause.ts'
import { CapiStoreError } from '../issue/errors.ts'
import { addLosses, type LaneLoss } from './add-losses.ts'
import { createErasure, type Erasure } from './erasure.ts'
import { leaseKeeper } from './lease-keeper.ts'
import { outboxCause } from './outbox-cause.ts'
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
import type { PutQueueContext } from './put-context.ts'
import type { PutAnswer } from './put-entries.ts'
import { PUT_RESULTS, putQueue } from './put-queue.ts'
import { strays } from './strays.ts'
import { type Limit, within } from './within.ts'

/** More in one statement would hold up the others. */
const MAX_PUT = 500
/** Removed in one call of the outbox: it must not hold up puts for long. */
const EXPIRED_STEP = 5_000
/** One that always says that there is more is not asked indefinitely. */
const MAX_STEPS = 1_000

export interface StoreContext
  extends Limit,
    Pick<PutQueueContext, 'maxEvents' | 'maxBytes' | 'onEnd' | 'onStray' | 'onFailure'> {
  /** Milliseconds since 1970, by which events grow too old. */
  readonly nowMs: () => number
  /** What the caller of a put or of `counts` waits for at most. */
  readonly putTimeoutMs: number
  /** Gets what the outbox holds from before, by lane, once. */
  readonly onFound: (waiting: Readonly<Record<string, number>>) => void
  /** Gets everything the outbox gave up, also what an answer says that came too late. */
  readonly onLoss: (losses: readonly LaneLoss[]) => void
}

/** What is known of the events on their way into the outbox, and of the outbox. */
export interface StoreStatus {
  /** In memory while the outbox is away, and surely not in it. */
  readonly held: number
  /** In memory as well; the outbox may have them. */
  readonly unknown: number
  /** Why the outbox is away; absent: it answers. */
  readonly cause?: Cause
}

/** An outbox as core asks it: it knows the time, and no call waits for longer than `timeoutMs`. */
export interface Store {
  readonly sharedAs: Outbox['sharedAs']
  /** What it holds outlives the process. */
  readonly isDurable: boolean
  readonly pollMs: number
  /** One answer for each item, within `putTimeoutMs`; `onEnd` gets each when it is known what became of it. Never rejects. */
  put(items: readonly OutboxItem[], transaction?: unknown): Promise<readonly PutAnswer[]>
  /** Puts what is held now, if the outbox answers. */
  putHeld(): Promise<void>
  status(): StoreStatus
  /** Renewed until it is settled. */
  lease(request: Omit<LeaseRequest, 'leaseMs'>): Promise<Lease>
  settle(settlements: readonly Settlement[]): Promise<readonly SettleResult[]>
  /** Before it has answered, nothing is put or counted: its answer is what a former owner left there. */
  recover(): Promise<void>
  dueLanes(): Promise<readonly string[]>
  erase: Erasure['erase']
  /** Gives up all that expired, and reports it. */
  dropExpired(): Promise<void>
  readDead(filter: DeadFilter, limit: number): Promise<readonly DeadItem[]>
  removeDead(ids: readonly string[]): Promise<number>
  counts(): Promise<Readonly<Record<string, PixelCounts>>>
  /** Gives up what is held, and reports what cannot be kept. @returns how many events the outbox gave up. */
  close(withinMs: number): Promise<number>
}

/** Put outside of it, the event would stand for an order that may never be. */
const noTransactions = () =>
  new CapiStoreError(
    'transaction_unsupported',
    'This outbox takes no transaction: use one on Postgres (@capi/postgres), or track after the commit.',
  )

export function openStore(outbox: Outbox, context: StoreContext): Store {
  const { clock, putTimeoutMs, onFound, onLoss, onFailure } = context
  const limit: Limit = context
  const putLimit: Limit = { clock, timeoutMs: putTimeoutMs }
  const time = () => ({ tickMs: clock.tick(), nowMs: context.nowMs() })
  const keeper = leaseKeeper(outbox, limit)
  const giveBack = ({ items }: Lease) => keeper.giveBack(items, time())
  const twice = strays()
  const onEnd: PutQueueContext['onEnd'] = (item, end, cause) => {
    // A duplicate of one that was reported as dropped is in the outbox, and is counted again.
    const isBack = (end === 'accepted' || end === 'duplicate') && twice.takeBack(item.key)
    if (end === 'accepted') erasure.onAccepted(item.key)
    context.onEnd(item, isBack ? 'accepted' : end, cause)
  }
  const queue = putQueue({
    ...context,
    timeoutMs: putTimeoutMs,
    put: (items) => outbox.put(items, time()),
    look: () => outbox.dueLanes(time()),
    onEnd,
    onRepeat: (key) => twice.watch(key),
    onGivenUp(item) {
      twice.giveUp(item.key)
      // It is taken out of the outbox where the lane finds it.
      context.onStray(item)
    },
    onStray(item) {
      erasure.onStray(item)
      context.onStray(item)
    },
  })
  const erasure = createErasure({ outbox, queue, keeper, limit })
  const report = (losses: readonly Loss[] | undefined) => onLoss(addLosses(losses ?? []))
  let isOpened = false
  /** Calls that wait until the outbox has said what it holds, or has failed to. */
  const waiters: { readonly resolve: () => void; readonly reject: (error: unknown) => void }[] = []
  function open(): void {
    isOpened = true
    queue.open()
    for (const { resolve } of waiters.splice(0)) resolve()
  }
  const opened = () =>
    new Promise<void>((resolve, reject) => {
      if (isOpened) resolve()
      else waiters.push({ resolve, reject })
    })
  // In a shared outbox, no client counts what it finds.
  if (outbox.sharedAs !== undefined) open()

  async function takeExpired(): Promise<Expired> {
    const late = (expired: Expired) => report(expired?.losses)
    return (await within(limit, () => outbox.takeExpired(EXPIRED_STEP, time()), late)) ?? NONE
  }

  /** Some hundreds after the others: each has the time that one call of `track` has. */
  async function putMany(items: readonly OutboxItem[]): Promise<readonly PutAnswer[]> {
    const answers: PutAnswer[] = []
    for (let from = 0; from < items.length; from += MAX_PUT)
      answers.push(...(await queue.put(items.slice(from, from + MAX_PUT))))
    return answers
  }

  /** At once in it, or dropped: held beyond its end, an event would stand for an order that may never be. When one call fails, the rest is not tried. */
  async function putInTransaction(
    items: readonly OutboxItem[],
    transaction: unknown,
  ): Promise<readonly PutAnswer[]> {
    const answers: PutAnswer[] = []
    let isGivenUp = false
    const options = { transaction, isGivenUp: () => isGivenUp }
    try {
      if (outbox.isTransactional !== true) throw noTransactions()
      while (answers.length < items.length && !queue.isAway()) {
        const some = items.slice(answers.length, answers.length + MAX_PUT)
        const call = () => outbox.put(some, time(), options)
        const results: readonly unknown[] = await within(putLimit, call)
        const ends = some.map((_item, n) => PUT_RESULTS.find((known) => known === results[n]))
        for (const [n, item] of some.entries()) answers.push(ended(item, ends[n] ?? 'failed'))
      }
    } catch (error) {
      isGivenUp = true
      const cause = outboxCause(error)
      // Any other failure may be the transaction's own.
      if (cause.code === 'store_timeout') queue.onTrouble(error)
      else onFailure(error)
      for (const item of items.slice(answers.length)) answers.push(ended(item, 'failed', cause))
    }
    for (const item of items.slice(answers.length))
      answers.push(ended(item, 'failed', queue.cause()))
    return answers
  }

  function ended(item: OutboxItem, result: PutResult | 'failed', cause?: Cause): PutAnswer {
    onEnd(item, result, cause)
    return { result, ...(cause && { cause }) }
  }

  return {
    sharedAs: outbox.sharedAs,
    isDurable: outbox.isDurable === true || outbox.sharedAs !== undefined,
    pollMs: outbox.pollMs ?? 1_000,

    put(items, transaction) {
      if (transaction !== undefined) return putInTransaction(items, transaction)
      return items.length > MAX_PUT ? putMany(items) : queue.put(items)
    },
    putHeld: () => queue.flush(),

    status() {
      const { held, unknown } = queue.figures()
      const cause = queue.cause()
      return { held, unknown, ...(cause && { cause }) }
    },

    async lease(request) {
      const asked = { ...request, leaseMs: keeper.leaseMs }
      for (;;) {
        const lease = await within(limit, () => outbox.lease(asked, time()), giveBack)
        for (const { key } of lease.items) queue.onLeased(key)
        const again = new Set(twice.among(lease.items))
        const gone = lease.items.filter((item) => again.has(item) || erasure.has(item))
        const items =
          gone.length === 0 ? lease.items : lease.items.filter((item) => !gone.includes(item))
        keeper.add(items)
        if (gone.length === 0) return lease
        // What is not removed now is found again when its lease runs out.
        const settle = () =>
          outbox.settle(
            gone.map((token) => ({ kind: 'expired', token })),
            time(),
          )
        const results: readonly SettleResult[] = (await within(limit, settle).catch(() => [])) ?? []
        erasure.onRemoved(gone.filter((item, n) => results[n] === 'settled' && !again.has(item)))
        if (items.length > 0) return { ...lease, items }
      }
    },

    async settle(settlements) {
      const results = await within(limit, () =>
        outbox.settle(erasure.settling(settlements), time()),
      )
      // One that came too late says nothing of the event: it was handed out again since.
      const ended = settlements.filter((_one, n) => ENDED.includes(results?.[n]))
      erasure.onSettled(ended)
      keeper.remove(settlements.map(({ token }) => token))
      twice.onSettled(ended)
      return results
    },

    async recover() {
      try {
        onFound((await within(limit, () => outbox.recover(time()))) ?? {})
        open()
      } catch (error) {
        if (outbox.sharedAs === undefined) queue.onTrouble(error)
        else onFailure(error)
        if (queue.isAway()) for (const { reject } of waiters.splice(0)) reject(error)
        throw error
      }
    },

    dueLanes: () => within(limit, () => outbox.dueLanes(time())),
    erase: (hashes, onRemoved) => erasure.erase(hashes, onRemoved),

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
    async counts() {
      const cause = queue.cause()
      // While the outbox hangs, no caller waits for its counts: the cause is the answer.
      if (cause && (!isOpened || cause.code === 'store_timeout'))
        throw new CapiStoreError(cause.code.replace('store_', ''), 'The outbox is away.')
      const counts = await within(putLimit, () => opened().then(() => outbox.counts()))
      if (asFields(counts) !== undefined) return counts
      throw new CapiStoreError('unknown', 'The outbox did not say what it holds.')
    },

    async close(withinMs) {
      queue.stop()
      keeper.stop()
      try {
        const losses =
          (await within({ clock, timeoutMs: withinMs }, () => outbox.close(), report)) ?? []
        // A put that took effect without an answer is one event, not two.
        queue.onFound(losses)
        report(losses)
        return losses.reduce((sum, { count = 1 }) => sum + count, 0)
      } finally {
        queue.close()
      }
    },
  }
}

const NONE: Expired = { losses: [] }
const ENDED: readonly (SettleResult | undefined)[] = ['settled', 'unknown']
