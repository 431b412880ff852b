import type { ResolvedOptions } from '../options.ts'
import type { Exchange } from '../transport/exchange.ts'
import type { Ledger } from './ledger.ts'

/** The batch loop of one pixel: waits for company, leases a batch, sends it, settles it. */
export interface Lane {
  /** Events were put into the store. */
  wake(count: number): void
  /** Sends now; resolves when nothing waits any more. */
  drain(): Promise<void>
}

export interface LaneContext {
  readonly pixelId: string
  readonly options: ResolvedOptions
  readonly exchange: Exchange
  readonly ledger: Ledger
}

export function createLane({ pixelId, options, exchange, ledger }: LaneContext): Lane {
  const { store, clock, batch } = options
  /** Put since the loop last started; only decides when to start early. */
  let waiting = 0
  /** Put since the last lease: that lease may have missed it. */
  let isDirty = false
  let running: Promise<void> | undefined
  let cancelTimer: (() => void) | undefined

  /** @returns whether a batch was found. */
  async function sendBatch(): Promise<boolean> {
    isDirty = false
    const items = await store.lease({
      lane: pixelId,
      maxEvents: batch.maxEvents,
      maxBytes: batch.maxBytes,
    })
    if (items.length === 0) return false
    const result = await exchange(
      pixelId,
      items.map((item) => item.body),
    )
    await store.settle(items.map((item) => item.key))
    const event_ids = items.map((item) => item.event_id)
    if (result.ok) ledger.deliver(pixelId, event_ids, result.events_received)
    else
      ledger.drop({
        reason: result.reason,
        count: items.length,
        pixelId,
        event_ids,
        cause: result.cause,
      })
    return true
  }

  async function loop(): Promise<void> {
    try {
      while (await sendBatch());
    } catch {
      // The store failed; what it holds stays queued there and is tried with the next event.
    } finally {
      running = undefined
      if (isDirty) cancelTimer ??= clock.after(batch.maxWaitMs, () => void run())
    }
  }

  function run(): Promise<void> {
    cancelTimer?.()
    cancelTimer = undefined
    waiting = 0
    running ??= loop()
    return running
  }

  return {
    wake(count) {
      waiting += count
      isDirty = true
      if (running !== undefined) return
      if (waiting >= batch.maxEvents)
        void run() // loop() never rejects
      else cancelTimer ??= clock.after(batch.maxWaitMs, () => void run())
    },
    async drain() {
      await running
      await run()
    },
  }
}
