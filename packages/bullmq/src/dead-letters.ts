import type { DeadFilter, DeadItem } from '@capi/core/outbox'
import { type EventJob, itemOf } from './event-job.ts'
import type { Shelf } from './shelf.ts'

/** Read at a time. */
const PAGE = 500

/** When it was put here, and its job: the next page begins behind it, also when it is gone. */
const idOf = ({ timestamp, id }: EventJob) => `${timestamp} ${id}`
const jobOf = (id: string) => id.split(' ')[1] ?? ''

/** They wait in a queue without a worker, newest first. */
export async function deadJobs({ queue }: Shelf): Promise<readonly EventJob[]> {
  const jobs: EventJob[] = []
  for (let start = 0; ; start += PAGE) {
    const page = await queue.getJobs('waiting', start, start + PAGE - 1)
    jobs.push(...page)
    if (page.length < PAGE) return jobs
  }
}

export async function readDead(
  dead: Shelf,
  { lane, ids, before }: DeadFilter,
  limit: number,
): Promise<readonly DeadItem[]> {
  const jobs = await deadJobs(dead)
  const last = jobs.findIndex((job) => idOf(job) === before)
  const isMeant = (job: EventJob, index: number) =>
    (lane === undefined || job.data.lane === lane) &&
    (ids === undefined || ids.includes(idOf(job))) &&
    (last < 0 ? before === undefined || job.timestamp <= Number.parseInt(before, 10) : index > last)
  return jobs
    .filter(isMeant)
    .slice(0, limit)
    .map((job) => ({
      id: idOf(job),
      item: itemOf(job.data),
      cause: job.data.cause ?? { code: 'unknown' },
      diedAtMs: job.data.diedAtMs ?? 0,
    }))
}

/** @returns how many were there. */
export async function removeLetters(dead: Shelf, ids: readonly string[]): Promise<number> {
  const jobs = await Promise.all(ids.map((id) => dead.queue.getJob(jobOf(id))))
  const found = jobs.filter((job) => job !== undefined)
  return removeDead(dead, found, 0)
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
