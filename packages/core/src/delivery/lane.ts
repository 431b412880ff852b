import { outboxCause } from '../store/outbox-cause.ts'
import type { Store } from '../store/store.ts'
import type { Exchange } from '../transport/exchange.ts'
import { deliverBatch } from './deliver-batch.ts'
import type { DeliveryOptions } from './delivery-options.ts'
import type { Doubts } from './doubts.ts'
import type { LaneGate } from './lane-gate.ts'
import type { Ledger } from './ledger.ts'
import type { BatchContext } from './send-batch.ts'
import { createSettler } from './settler.ts'
import type { Turns } from './turns.ts'

/** One pixel's events on their way: they are leased in batches, sent and settled. */
export interface Lane {
  readonly pixelId: string
  readonly gate: LaneGate
  /** Events were put into the outbox. */
  wake(count: number): void
  /** One more sender, if one may be of use. */
  start(): void
  isSending(): boolean
  /** Nothing waits, and nothing is on its way. */
  isEmpty(): boolean
  /** Events were put since the last look into the outbox. */
  isDirty(): boolean
  /** Milliseconds until a request may leave and there is something to send, as far as is known; 0: now. */
  waitMs(): number
  /** How many events came to rest. */
  settled(): number
  /** No timer starts anything more. */
  sleep(): void
  /** Events whose settlement the outbox has not confirmed. */
  unsettled(): number
}

export interface LanesContext {
  readonly options: DeliveryOptions
  readonly store: Store
  readonly exchange: Exchange
  readonly ledger: Ledger
  /** Until then the outbox does not know what it holds. */
  readonly recovered: () => Promise<unknown>
}

/** What the lanes of one client share. */
export interface LaneContext extends LanesContext {
  readonly doubts: Doubts
  /** Batches from their lease to their settlement. */
  readonly batches: Turns
  /** Requests. */
  readonly connections: Turns
  readonly signal: AbortSignal
  readonly isFinishing: () => boolean
  /** This lane holds nothing: it is made anew when it does. */
  readonly onEmpty: (pixelId: string) => void
}

/** Enough to see whether Meta takes events again, and little to send twice. */
const PROBE_EVENTS = 10
/** A process that has nothing else to do lives so long for events that wait for their first attempt. */
const KEEP_ALIVE_MS = 10_000
/** Each so many-th probe holds a single event: one of the others may be what they fail for. */
const ALONE_EVERY = 4

export function createLane(pixelId: string, gate: LaneGate, shared: LaneContext): Lane {
  const { options, store, ledger, signal, batches } = shared
  const { clock, batch } = options
  const settler = createSettler(pixelId, { store, ledger })
  let lastSearch: Promise<void> = Promise.resolve()
  const context: BatchContext = {
    ...shared,
    pixelId,
    gate,
    settler,
    inTurn(search) {
      lastSearch = lastSearch.then(search)
      return lastSearch
    },
  }
  /** Batches on their way, or waiting for their turn. */
  let senders = 0
  /** Put since a sender last started; only decides when to start early. */
  let waiting = 0
  /** Put since the last lease: that lease may have missed it. */
  let isDirty = false
  /** False only after the outbox said that none waits. */
  let mayHold = false
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

  const isEnding = () => shared.isFinishing() || signal.aborted

  /** @returns whether there is more to send; undefined: the outbox has to say. */
  async function sendBatch(): Promise<boolean | undefined> {
    if (isEnding() || gate.waitMs() > 0) return false
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
    return lease.hasMore === true || (isDirty ? false : undefined)
  }

  /** Where there is more, the other lanes have their turn before it. Never rejects. */
  async function takeTurn(): Promise<void> {
    const startTick = clock.tick()
    let hasMore = false
    try {
      await shared.recovered()
      hasMore = (await sendBatch()) ?? (await sendBatch()) ?? true
    } catch (error) {
      // The outbox failed. What it holds stays there, what it should have noted is noted first next time.
      gate.block('retrying', outboxCause(error), startTick)
      ledger.reportOutboxError(error)
      mayHold = true
    }
    if (hasMore && !isEnding()) return batches.add(takeTurn)
    senders--
    schedule()
    if (isEmpty()) shared.onEmpty(pixelId)
  }

  const isEmpty = () => !mayHold && senders === 0 && settler.unsettled() === 0

  /** One more sender, if one may be of use. */
  function start(): void {
    const isFull = senders >= (gate.isOpen() ? batch.concurrency : 1)
    if (isFull || isEnding()) return
    waiting = 0
    senders++
    batches.add(takeTurn)
  }

  /**
   * A lane that may hold events has a sender or a timer, always. Whether the gate is closed is read again here: the
   * sender may have found it closed, and time goes on between the two.
   */
  function schedule(): void {
    if (!mayHold) clear()
    else if (gate.waitMs() > 0) startIn(gate.waitMs())
    else if (isDirty) startIn(batch.maxWaitMs, true)
    else startIn(nextDueTick === undefined ? 0 : nextDueTick - clock.tick())
  }

  function startIn(delayMs: number, isFirst = false): void {
    const atTick = clock.tick() + Math.max(0, delayMs)
    if (isEnding() || (timer !== undefined && timer.atTick <= atTick)) return
    clear()
    const fire = () => {
      timer = undefined
      start()
    }
    const isAwaited = isFirst && delayMs <= KEEP_ALIVE_MS
    timer = { atTick, cancel: clock.after(Math.max(0, delayMs), fire, isAwaited) }
  }

  function clear(): void {
    timer?.cancel()
    timer = undefined
  }

  return {
    pixelId,
    gate,
    start,
    isSending: () => senders > 0,
    isEmpty,
    isDirty: () => isDirty,
    settled: () => settler.settled(),
    unsettled: () => settler.unsettled(),

    wake(count) {
      waiting += count
      isDirty = true
      mayHold = true
      if (gate.waitMs() > 0) startIn(gate.waitMs())
      else if (waiting >= batch.maxEvents) start()
      else startIn(batch.maxWaitMs, true)
    },

    waitMs() {
      // While some are on their way, what is due next may be the end of their leases.
      const isIdle = senders === 0 && nextDueTick !== undefined
      return Math.max(0, gate.waitMs(), isIdle ? (nextDueTick ?? 0) - clock.tick() : 0)
    },

    sleep: clear,
  }
}
