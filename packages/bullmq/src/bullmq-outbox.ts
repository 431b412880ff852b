import type { Loss, Outbox, OutboxItem, PixelCounts, PutResult } from '@capi/core/outbox'
import { createCollector, POLL_MS } from './collector.ts'
import { listDead, purgeDead, replayDead } from './dead-letters.ts'
import { within } from './deadline.ts'
import { createEngine, type Engine } from './engine.ts'
import { type BullmqOutboxOptions, resolveOptions } from './outbox-options.ts'
import { storeError, toOutboxError } from './outbox-problem.ts'
import { settle } from './settle.ts'
import { createMender, sweep, sweepDead } from './sweep.ts'

/** Whoever closes has a moment, and what it holds comes back by itself. */
const CLOSE_MS = 1_000
/** Leasing, settling and sweeping are many commands. */
const PATIENCE = 5

/**
 * An outbox on Redis that many processes share, in a queue of BullMQ: what `track` accepted is delivered by whichever worker comes to
 * it, also when the one that had it died. Its calls reject with a `CapiStoreError` whose `problem` tells why, and
 * none waits longer than `timeoutMs` (five times that for leasing and settling).
 * @throws CapiConfigError when an option is malformed. The first call connects.
 */
export function bullmqOutbox(options: BullmqOutboxOptions): Outbox {
  const resolved = resolveOptions(options)
  const { role, leaseMs, maxEvents, timeoutMs } = resolved
  const engine = createEngine(resolved)
  let wake: (lane: string) => void = () => {}
  const collector = createCollector((lane) => wake(lane))
  const mend = createMender()
  let isClosed = false
  let timers: NodeJS.Timeout[] | undefined
  /** What waits, as far as is known: asked for again when it may matter. */
  let room = { left: 0, untilMs: 0 }

  async function call<T>(ms: number, work: (engine: Engine) => Promise<T>): Promise<T> {
    if (isClosed) throw storeError('closed')
    let isLate = false
    const started = engine.ready().then((ready) => {
      // Told as failed by now: it must not happen all the same.
      if (isLate || isClosed) throw storeError('closed')
      return work(ready)
    })
    try {
      return await within(ms, started)
    } catch (error) {
      isLate = true
      const known = toOutboxError(error)
      throw known.problem === 'unreachable' ? toOutboxError(engine.trouble() ?? known) : known
    }
  }
  const patiently = <T>(work: (engine: Engine) => Promise<T>) => call(PATIENCE * timeoutMs, work)

  async function put(
    { events }: Engine,
    items: readonly OutboxItem[],
    nowMs: number,
  ): Promise<readonly PutResult[]> {
    if (room.left < 10 * items.length || performance.now() > room.untilMs) {
      const held = [...(await events.counts()).values()].reduce((sum, count) => sum + count, 0)
      room = { left: Math.max(0, maxEvents - held), untilMs: performance.now() + 1_000 }
    }
    const results = await events.add(items, nowMs, Math.min(room.left, items.length))
    room.left -= results.filter((result) => result === 'accepted').length
    return results
  }

  /** Whoever leases has locks to renew, and looks at what others put. */
  async function startWork(work: Engine): Promise<void> {
    if (timers !== undefined) return
    const every = (ms: number, task: () => Promise<unknown>) =>
      setInterval(() => void task().catch(() => {}), ms).unref()
    timers = [
      every(leaseMs / 3, () => collector.renew(work, leaseMs)),
      every(POLL_MS, () => collector.look(work)),
      every(POLL_MS, () => collector.park()),
    ]
    await work.worker?.startStalledCheckTimer()
  }

  return {
    sharedAs: role,
    onArrival(listener) {
      wake = listener
    },
    put: (items, nowMs) => call(timeoutMs, (work) => put(work, items, nowMs)),
    lease: (request) =>
      patiently(async (work) => {
        await startWork(work)
        return collector.lease(work, request)
      }),
    settle: (settlements, { nowMs }) =>
      patiently((work) => settle(work, collector, settlements, nowMs)),
    recover: () =>
      patiently(async (work) => {
        if (role === 'worker') await startWork(work)
        return Object.fromEntries(await work.events.counts())
      }),
    sweep: (nowMs) =>
      patiently(async (work): Promise<readonly Loss[]> => {
        const losses = role === 'worker' ? await sweep(work, collector, nowMs) : []
        await sweepDead(work, nowMs)
        await mend('events', work.events, nowMs)
        await mend('dead', work.dead, nowMs)
        return losses
      }),
    deadLetters: {
      list: (filter = {}) => patiently(({ dead }) => listDead(dead, filter)),
      replay: (filter, nowMs) =>
        patiently((work) =>
          replayDead(work.dead, filter, { nowMs, put: (items) => put(work, items, nowMs) }),
        ),
      purge: (filter = {}) => patiently(({ dead }) => purgeDead(dead, filter)),
    },
    stats: () =>
      call(timeoutMs, async ({ events, dead }) => {
        const [queued, died] = await Promise.all([events.counts(), dead.counts()])
        const lanes = [...new Set([...queued.keys(), ...died.keys()])]
        const countsOf = (lane: string): PixelCounts => ({
          queued: queued.get(lane) ?? 0,
          dead: died.get(lane) ?? 0,
        })
        return Object.fromEntries(lanes.map((lane) => [lane, countsOf(lane)]))
      }),
    async close() {
      if (isClosed) return []
      isClosed = true
      for (const timer of timers ?? []) clearInterval(timer)
      await within(CLOSE_MS, collector.giveBack()).catch(() => {})
      await engine.close()
      return [] // Redis keeps everything.
    },
  }
}
