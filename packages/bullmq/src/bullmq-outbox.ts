import type { OutboxItem, PixelCounts, PutResult } from '@capi/core/outbox'
import { createCollector, POLL_MS } from './collector.ts'
import { readDead, removeLetters } from './dead-letters.ts'
import { within } from './deadline.ts'
import { createEngine, type Engine } from './engine.ts'
import { removeMatching } from './matching.ts'
import type { OldLoss, OldOutbox } from './old-port.ts'
import { type BullmqOutboxOptions, resolveOptions } from './outbox-options.ts'
import { storeError, toOutboxError } from './outbox-problem.ts'
import { settle } from './settle.ts'
import { createMender, sweep, sweepDead } from './sweep.ts'

/** Whoever closes has a moment, and what it holds comes back by itself. */
const CLOSE_MS = 1_000
/** Leasing, settling and sweeping are many commands. */
const PATIENCE = 5

/** See `new-port.ts`. */
export function bullmqOutbox(options: BullmqOutboxOptions): OldOutbox {
  const resolved = resolveOptions(options)
  const { role, leaseMs, maxEvents, timeoutMs } = resolved
  const engine = createEngine(resolved)
  const collector = createCollector()
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
      every(POLL_MS, () => collector.park()),
    ]
    await work.worker?.startStalledCheckTimer()
  }

  return {
    sharedAs: role,
    pollMs: POLL_MS,
    dueLanes: () => patiently((work) => collector.dueLanes(work)),
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
      patiently(async (work): Promise<readonly OldLoss[]> => {
        const losses = role === 'worker' ? await sweep(work, collector, nowMs) : []
        await sweepDead(work, nowMs)
        await mend('events', work.events, nowMs)
        await mend('dead', work.dead, nowMs)
        return losses
      }),
    readDead: (filter, limit) => patiently(({ dead }) => readDead(dead, filter, limit)),
    removeDead: (ids) => patiently(({ dead }) => removeLetters(dead, ids)),
    removeMatching: (hashes) => patiently((work) => removeMatching(work, hashes)),
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
