import type { DeadLetter, ReplayResult } from '@capi/core'
import type { DeadLetterQuery, OutboxItem, PutResult } from '@capi/core/outbox'
import { type EventJob, itemOf } from './event-job.ts'
import type { Shelf } from './shelf.ts'

/** Read at a time. */
const PAGE = 500

/** They wait in a queue without a worker, newest first. */
async function* letters({ queue }: Shelf, filter: DeadLetterQuery): AsyncGenerator<EventJob> {
  const isMeant = ({ data }: EventJob) =>
    filter.pixelId === undefined || data.lane === filter.pixelId
  if (filter.keys !== undefined) {
    for (const key of filter.keys) {
      const job = await queue.getJob(key)
      if (job !== undefined && isMeant(job)) yield job
    }
    return
  }
  for (let start = 0; ; start += PAGE) {
    const page = await queue.getJobs('waiting', start, start + PAGE - 1)
    yield* page.filter(isMeant)
    if (page.length < PAGE) return
  }
}

async function all(shelf: Shelf, filter: DeadLetterQuery, limit = Number.POSITIVE_INFINITY) {
  const jobs: EventJob[] = []
  for await (const job of letters(shelf, filter)) {
    if (jobs.length >= limit) break
    jobs.push(job)
  }
  return jobs
}

/** @returns how many were there. */
export async function removeDead(
  dead: Shelf,
  jobs: readonly EventJob[],
  nowMs: number,
): Promise<number> {
  const removed = await Promise.all(jobs.map((job) => dead.queue.remove(job.id ?? '')))
  const gone = jobs.map(({ data }) => ({ ...data, rememberUntilMs: 0 }))
  await dead.forget(gone, nowMs)
  return removed.filter((one) => one === 1).length
}

export async function listDead(
  dead: Shelf,
  { limit = 100, ...filter }: DeadLetterQuery & { readonly limit?: number },
): Promise<readonly DeadLetter[]> {
  return (await all(dead, filter, limit)).map(({ id, data }) => ({
    key: id ?? '',
    pixelId: data.lane,
    event_id: data.event_id,
    event_name: data.event_name,
    cause: data.cause ?? { code: 'unknown' },
    diedAtMs: data.diedAtMs ?? 0,
    expiresAtMs: data.expiresAtMs,
  }))
}

export async function purgeDead(dead: Shelf, filter: DeadLetterQuery): Promise<number> {
  return removeDead(dead, await all(dead, filter), 0)
}

export async function replayDead(
  dead: Shelf,
  filter: DeadLetterQuery,
  { nowMs, put }: { nowMs: number; put: (items: OutboxItem[]) => Promise<readonly PutResult[]> },
): Promise<ReplayResult> {
  const replayed = new Map<string, number>()
  const counts = { expired: 0, duplicate: 0, full: 0 }
  const jobs = await all(dead, filter)
  const young = jobs.filter(({ data }) => data.expiresAtMs > nowMs)
  counts.expired = jobs.length - young.length
  const done = jobs.filter((job) => !young.includes(job))
  for (let start = 0; start < young.length; start += PAGE) {
    const page = young.slice(start, start + PAGE)
    const results = await put(page.map(({ data }) => itemOf(data)))
    for (const [index, job] of page.entries()) {
      const result = results[index]
      if (result === 'accepted') replayed.set(job.data.lane, (replayed.get(job.data.lane) ?? 0) + 1)
      else counts[result ?? 'full']++
      if (result !== 'full') done.push(job)
    }
  }
  await removeDead(dead, done, nowMs)
  return { replayed: Object.fromEntries(replayed), ...counts }
}
