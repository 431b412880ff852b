import { type Matched, matcher } from '@capi/core/outbox'
import { deadJobs, removeDead } from './dead-letters.ts'
import type { Engine } from './engine.ts'
import type { EventJob } from './event-job.ts'

const PAGE = 500

/** Every job is read: none is known by its person. */
export async function removeMatching(
  { events, dead }: Engine,
  hashes: readonly string[],
): Promise<Matched> {
  const isMatch = matcher(hashes)
  const matching = (jobs: readonly EventJob[]) => jobs.filter(({ data }) => isMatch(data.body))
  const waiting: EventJob[] = []
  for (let start = 0; ; start += PAGE) {
    const page = await events.queue.getJobs(['waiting', 'delayed'], start, start + PAGE - 1)
    waiting.push(...matching(page))
    if (page.length === 0) break
  }
  const gone = await Promise.all(
    waiting.map(async (job) => ((await events.queue.remove(job.id ?? '')) === 1 ? [job] : [])),
  )
  const removed = gone.flat().map(({ data }) => ({ ...data, rememberUntilMs: 0 }))
  await events.forget(removed, 0)
  return {
    removed: removed.map(({ lane, event_id }) => ({ lane, event_id })),
    leased: matching(await events.queue.getJobs('active')).length,
    dead: await removeDead(dead, matching(await deadJobs(dead)), 0),
  }
}
