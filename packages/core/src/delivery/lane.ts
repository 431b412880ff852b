import { outboxCause } from '../store/outbox-cause.ts'
import type { Store } from '../store/store.ts'
import type { Exchange } from '../transport/exchange.ts'
import { deliverBatch } from './deliver-batch.ts'
import type { DeliveryOptions } from './delivery-options.ts'
import { createDoubts } from './doubts.ts'
import { createLaneGate } from './lane-gate.ts'
import type { Ledger } from './ledger.ts'
import type { LaneStatus } from './pixel-state.ts'
import type { BatchContext } from './send-batch.ts'
import { createSettler } from './settler.ts'

/** What one pixel's events wait in: they are leased in batches, sent and settled. */
export interface Lane {
  /** Events were put into the outbox. */
  wake(count: number): void
  /**
   * Sends now, also where the lane waits, unless Meta stated the wait. Resolves when nothing waits any more, or can be sent before the
   * deadline. `isLast`: what is left is lost, so Meta is asked again and again until then.
   */
  drain(deadlineTick: number, isLast?: boolean): Promise<void>
  /** Starts nothing more; resolves when what is on its way is settled. */
  finish(): Promise<void>
  /** Aborts what is on its way and lets it wait again. */
  stop(): Promise<void>
  status(): LaneStatus
  /** Events whose settlement the outbox has not confirmed. */
  unsettled(): number
}

export interface LaneContext {
  readonly pixelId: string
  readonly options: DeliveryOptions
  readonly store: Store
  readonly exchange: Exchange
  readonly ledger: Ledger
  /** Until then the outbox does not know what it holds. */
  readonly recovered: Promise<unknown>
}

/** Enough to see whether Meta takes events again, and little to send twice. */
const PROBE_EVENTS = 10
/** Between two looks of a flush at what is left. */
const IDLE_MS = 50
/** With less time left, Meta is not asked once more. */
const LAST_TRIES_MS = 1_000
/** Each so many-th probe holds a single event: one of the others may be what they fail for. */
const ALONE_EVERY = 4

export function createLane({
  pixelId,
  options,
  store,
  exchange,
  ledger,
  recovered,
}: LaneContext): Lane {
  const { clock, batch } = options
  const abort = new AbortController()
  const gate = createLaneGate(pixelId, options)
  const settler = createSettler(pixelId, { store, ledger })
  let lastSearch: Promise<void> = Promise.resolve()
  const context: BatchContext = {
    pixelId,
    options,
    exchange,
    gate,
    settler,
    doubts: createDoubts(clock, () => options.time.nowMs()),
    signal: abort.signal,
    inTurn(search) {
      lastSearch = lastSearch.then(search)
      return lastSearch
    },
  }
  const senders = new Set<Promise<void>>()
  /** Put since a sender last started; only decides when to start early. */
  let waiting = 0
  /** Put since the last lease: that lease may have missed it. */
  let isDirty = false
  /** False only after the outbox said that none waits. */
  let mayHold = false
  let isFinishing = false
  let probes = 0
  /** Known of those that wait for a repeat, and of leases that may run out. */
  let nextDueTick: number | undefined
  /** Batches that came to an end: what was known of the next due moment before is out of date. */
  let ended = 0
  let timer: { readonly atTick: number; readonly cancel: () => void } | undefined

  /** How many events it holds. */
  function nextProbe(): number {
    probes++
    return probes % ALONE_EVERY === 0 ? 1 : PROBE_EVENTS
  }

  /** @returns whether there may be more to send. */
  async function sendBatch(): Promise<boolean> {
    if (isFinishing || abort.signal.aborted || gate.waitMs() > 0) return false
    await settler.catchUp()
    isDirty = false
    nextDueTick = undefined
    const maxEvents = Math.min(batch.maxEvents, gate.isOpen() ? batch.maxEvents : nextProbe())
    const tickMs = clock.tick()
    const endedBefore = ended
    const lease = await store.lease({ lane: pixelId, maxEvents, maxBytes: batch.maxBytes })
    if (lease.items.length === 0) {
      if (ended !== endedBefore) return false
      if (lease.nextDueInMs !== undefined) nextDueTick = tickMs + lease.nextDueInMs
      else if (!isDirty) mayHold = false
      return false
    }
    if (lease.hasMore === true) start()
    await deliverBatch(lease.items, context)
    // Some of them may wait again; another sender may have found the outbox empty meanwhile.
    mayHold = true
    nextDueTick = undefined
    ended++
    // What came meanwhile waits for company, as the first did.
    return lease.hasMore === true || !isDirty
  }

  async function run(): Promise<void> {
    const startTick = clock.tick()
    try {
      await recovered
      while (await sendBatch());
    } catch (error) {
      // The outbox failed. What it holds stays there, what it should have noted is noted first next time.
      gate.block('retrying', outboxCause(error), startTick)
      ledger.reportOutboxError(error)
      mayHold = true
    }
  }

  /** One more sender, if one may be of use. */
  function start(): void {
    const isFull = senders.size >= (gate.isOpen() ? batch.concurrency : 1)
    if (isFull || isFinishing || abort.signal.aborted) return
    waiting = 0
    const sender = run().finally(() => {
      senders.delete(sender)
      schedule()
    })
    senders.add(sender)
  }

  /**
   * A lane that may hold events has a sender or a timer, always. Whether the gate is closed is read again here: the
   * sender may have found it closed, and time goes on between the two.
   */
  function schedule(): void {
    if (!mayHold) return
    if (gate.waitMs() > 0) startIn(gate.waitMs())
    else if (isDirty) startIn(batch.maxWaitMs)
    else startIn(nextDueTick === undefined ? 0 : nextDueTick - clock.tick())
  }

  function startIn(delayMs: number): void {
    const atTick = clock.tick() + Math.max(0, delayMs)
    if (abort.signal.aborted || (timer !== undefined && timer.atTick <= atTick)) return
    timer?.cancel()
    const fire = () => {
      timer = undefined
      start()
    }
    timer = { atTick, cancel: clock.after(Math.max(0, delayMs), fire) }
  }

  /** Undefined: the outbox cannot say. */
  async function queued(): Promise<number | undefined> {
    try {
      return (await store.counts())[pixelId]?.queued ?? 0
    } catch {
      return undefined
    }
  }

  const sleep = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve))

  return {
    wake(count) {
      waiting += count
      isDirty = true
      mayHold = true
      if (gate.waitMs() > 0) startIn(gate.waitMs())
      else if (waiting >= batch.maxEvents) start()
      else startIn(batch.maxWaitMs)
    },

    async drain(deadlineTick, isLast = false) {
      await recovered
      if (clock.tick() < deadlineTick) gate.tryNow()
      // Events that come later are not waited for: under steady traffic the wait would never end.
      const goal = settler.settled() + ((await queued()) ?? Number.POSITIVE_INFINITY)
      while (!abort.signal.aborted) {
        if (gate.waitMs() === 0) start()
        await Promise.race([Promise.all(senders), sleep(IDLE_MS)])
        if (settler.settled() >= goal || (await queued()) === 0) return
        // While some are on their way, what is due next may be the end of their leases.
        const isIdle = senders.size === 0 && nextDueTick !== undefined
        const dueInMs = isIdle ? (nextDueTick ?? 0) - clock.tick() : 0
        const waitMs = Math.max(gate.waitMs(), dueInMs)
        const leftMs = deadlineTick - clock.tick()
        if (
          isLast &&
          waitMs >= leftMs &&
          leftMs > LAST_TRIES_MS &&
          gate.status().state === 'retrying'
        ) {
          await sleep(leftMs / 2)
          gate.tryNow()
          continue
        }
        if (waitMs >= leftMs) return
        if (waitMs > 0 || !isDirty) await sleep(Math.max(IDLE_MS, waitMs))
      }
    },

    async finish() {
      isFinishing = true
      timer?.cancel()
      await Promise.all(senders)
    },

    async stop() {
      abort.abort()
      timer?.cancel()
      await Promise.all(senders)
    },

    status: () => gate.status(),
    unsettled: () => settler.unsettled(),
  }
}
