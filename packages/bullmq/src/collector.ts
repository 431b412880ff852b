import type { Lease, LeasedItem, LeaseToken } from '@capi/core/outbox'
import { UnrecoverableError, type Worker } from 'bullmq'
import type { Engine } from './engine.ts'
import { type EventData, isEvent, itemOf } from './event-job.ts'
import { createHeldJobs, type Held, type LeaseRequest } from './held-jobs.ts'

/** How a lane leased lately. */
interface Habit {
  readonly leasedAtMs: number
  /** Since it last leased. */
  readonly parkedAtMs: number | undefined
  readonly parkMs: number
}

/** Jobs fetched in one go: each is a command, all of them travel together. */
const CHUNK = 500
/** Of other pixels, waiting to be leased: beyond this, fetching waits for them. */
const MAX_OTHERS = 2_000
/** How long collected events wait to be leased before the others may have them. */
const HOLD_MS = 3_000
/** How long a pixel's events then stay away: longer each time, so that a paused pixel with a million does not busy Redis. */
const PARK_MS = { first: 3_000, most: 300_000 } as const
/** When to ask again for what waits for a repeat, or is held by another process. */
export const POLL_MS = 500

const NEVER: Habit = { leasedAtMs: Number.NEGATIVE_INFINITY, parkedAtMs: undefined, parkMs: 0 }

/** The collector: jobs of all pixels come out of one queue; each lane takes its own from here. */
export function createCollector() {
  const jobs = createHeldJobs()
  const habits = new Map<string, Habit>()
  let tokens = 0
  let lastTurn: Promise<unknown> = Promise.resolve()
  /** The queue had nothing due when it was last asked: one question will do next time. */
  let wasDry = true

  const now = () => performance.now()
  const habitOf = (lane: string) => habits.get(lane) ?? NEVER

  /** One fetching after the other, so that jobs keep their order. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = lastTurn.then(work)
    lastTurn = turn.catch(() => {})
    return turn
  }

  async function fetchOne(worker: Worker<EventData>): Promise<Held | undefined> {
    const token = `${worker.id}:${tokens++}`
    const job = await worker.getNextJob(token, { block: false })
    const { id } = job ?? {}
    if (job === undefined || id === undefined) return undefined
    if (!isEvent(job.data)) {
      await job.moveToFailed(new UnrecoverableError('not an event of @capi/bullmq'), token)
      return undefined
    }
    const { lane } = job.data
    const one = { job, id, token, fence: job.attemptsStarted, lane, sinceMs: now() }
    jobs.keep(one)
    return one
  }

  /** @returns as many as the queue had. */
  async function fetch({ worker }: Engine, count: number): Promise<readonly Held[]> {
    if (worker === undefined) return []
    const asked = Array.from({ length: count }, () => fetchOne(worker))
    const found = (await Promise.all(asked)).filter((one) => one !== undefined)
    wasDry = found.length < count
    return found
  }

  /** Fetches until the lane has enough or the queue is dry. @returns how many of the lane may be left in the queue. */
  async function collect(engine: Engine, { lane, maxEvents }: LeaseRequest) {
    let missing = maxEvents - jobs.waiting(lane).length
    let unseen = Number(await engine.events.run('count', lane)) - jobs.heldOf(lane)
    let isDry = false
    while (missing > 0 && unseen > 0 && !isDry && othersThan(lane) < MAX_OTHERS) {
      const found = await fetch(engine, wasDry ? 1 : Math.min(missing, unseen, CHUNK))
      isDry = wasDry
      const mine = found.filter((one) => one.lane === lane).length
      missing -= mine
      unseen -= mine
      for (const other of new Set(found.map((one) => one.lane))) {
        if (other === lane) continue
        if (habitOf(other).parkedAtMs !== undefined) await park(other)
      }
    }
    return { unseen, isDry }
  }

  function othersThan(lane: string): number {
    const others = jobs.waitingLanes().filter((other) => other !== lane)
    return others.reduce((sum, other) => sum + jobs.waiting(other).length, 0)
  }

  /** The engine's own delay, which counts as no attempt. Longer each time they come back and nobody leases them. */
  async function park(lane: string): Promise<void> {
    const { leasedAtMs, parkedAtMs, parkMs } = habitOf(lane)
    const isBack = parkedAtMs === undefined || now() - parkedAtMs > parkMs
    const nextMs = isBack ? Math.min(Math.max(2 * parkMs, PARK_MS.first), PARK_MS.most) : parkMs
    habits.set(lane, { leasedAtMs, parkMs: nextMs, parkedAtMs: isBack ? now() : parkedAtMs })
    const parked = jobs.takeOut(lane, () => true)
    const dueMs = Date.now() + nextMs
    await Promise.allSettled(
      parked.map((one) => {
        jobs.drop(one)
        return one.job.moveToDelayed(dueMs, one.token)
      }),
    )
  }

  return {
    async lease(engine: Engine, request: LeaseRequest): Promise<Lease> {
      habits.set(request.lane, { ...NEVER, leasedAtMs: now() })
      const { unseen, isDry } = await inTurn(() => collect(engine, request))
      const items = jobs.take(request).map(toItem)
      const isMore = jobs.waiting(request.lane).length > 0 || (unseen > 0 && !isDry)
      if (items.length > 0) return isMore ? { items, hasMore: true } : { items }
      return unseen > 0 ? { items, nextDueInMs: POLL_MS } : { items }
    },

    find: (token: LeaseToken) => jobs.find(token),
    drop: (one: Held) => jobs.drop(one),

    /** Fetches the oldest, whatever they are. @returns those that expired, out of the collector. */
    async fetchExpired(engine: Engine, nowMs: number, count: number): Promise<readonly Held[]> {
      await inTurn(() => fetch(engine, count))
      const isOld = ({ job }: Held) => job.data.expiresAtMs <= nowMs
      return jobs.waitingLanes().flatMap((lane) => jobs.takeOut(lane, isOld))
    },

    /** Lanes of which events wait here, or more wait than are held here. */
    async dueLanes({ events }: Engine): Promise<readonly string[]> {
      const more = [...(await events.counts())].filter(([lane, count]) => count > jobs.heldOf(lane))
      return [...new Set([...jobs.waitingLanes(), ...more.map(([lane]) => lane)])]
    },

    async renew({ worker }: Engine, leaseMs: number): Promise<void> {
      const all = jobs.all()
      if (worker === undefined || all.length === 0) return
      const [ids, tokens] = [all.map(({ id }) => id), all.map(({ token }) => token)]
      const lost = new Set(await worker.extendJobLocks(ids, tokens, leaseMs))
      // Of those leased, their settlement will be told that it is stale.
      for (const lane of jobs.waitingLanes())
        for (const one of jobs.takeOut(lane, ({ id }) => lost.has(id))) jobs.drop(one)
    },

    /** Lets go of what nobody leased for a while. */
    async park(): Promise<void> {
      for (const lane of jobs.waitingLanes()) {
        const sinceMs = Math.max(habitOf(lane).leasedAtMs, jobs.waiting(lane)[0]?.sinceMs ?? 0)
        if (now() - sinceMs >= HOLD_MS) await park(lane)
      }
    },

    /** Puts everything back to the front of the queue, in the order it was in. */
    async giveBack(): Promise<void> {
      await Promise.allSettled(jobs.empty().map((one) => one.job.moveToWait(one.token)))
    },
  }
}

export type Collector = ReturnType<typeof createCollector>

function toItem({ job, id, fence }: Held): LeasedItem {
  return { ...itemOf(job.data), id, fence, attempts: job.attemptsMade }
}
