import type { OutboxItem, PutResult } from '@capi/core/outbox'
import { type IRedisClient, Job, type Queue } from 'bullmq'
import { type EventData, jobIdOf } from './event-job.ts'
import { type ScriptName, scriptRunner } from './scripts.ts'

/** A queue of BullMQ that knows its events by pixel, and tells whether it took one. */
export interface Shelf {
  readonly queue: Queue<EventData>
  /** One answer for each; `full` for those beyond `room`. */
  add(items: readonly EventData[], nowMs: number, room?: number): Promise<readonly PutResult[]>
  counts(): Promise<Map<string, number>>
  run(name: ScriptName, ...args: (string | number)[]): Promise<unknown>
  /** These are no longer jobs. */
  forget(items: readonly OutboxItem[], nowMs: number): Promise<void>
}

export function createShelf(queue: Queue<EventData>, client: IRedisClient): Shelf {
  const scripts = scriptRunner(queue.toKey)
  const run = (name: ScriptName, ...args: (string | number)[]) => scripts.run(client, name, ...args)

  const known = async (ids: readonly string[], nowMs: number) =>
    toNumbers(await run('known', nowMs, ...ids)).map((one) => one === 1)

  /** In one transaction: what was there before, the adding, and what is there now. */
  async function addAll(items: readonly EventData[], ids: readonly string[], nowMs: number) {
    const multi = client.multi()
    scripts.queue(multi, 'known', nowMs, ...ids)
    for (const [index, item] of items.entries()) {
      // Its promise is the transaction's: `exec` tells what came of it.
      void new Job<EventData>(queue, item.event_name, item, {}, ids[index]).addJob(multi)
    }
    const notes = items.flatMap(({ lane, expiresAtMs }, index) => [
      ids[index] ?? '',
      lane,
      expiresAtMs,
    ])
    scripts.queue(multi, 'note', ...notes)
    const answers = (await multi.exec()) ?? []
    const failed = answers.find(([error]) => error !== null)
    if (failed?.[0]) throw failed[0]
    return toNumbers(answers[0]?.[1]).map((one) => one === 1)
  }

  return {
    queue,
    run,
    async add(items, nowMs, room = items.length) {
      const ids = items.map(jobIdOf)
      const isKnown = room < items.length ? await known(ids, nowMs) : []
      const results: PutResult[] = []
      const chosen: number[] = []
      const seen = new Set<string>()
      for (const [index, id] of ids.entries()) {
        const isNew = !seen.has(id) && isKnown[index] !== true
        results.push(!isNew ? 'duplicate' : chosen.length < room ? 'accepted' : 'full')
        if (results[index] === 'accepted') chosen.push(index)
        seen.add(id)
      }
      if (chosen.length === 0) return results
      const pick = <T>(list: readonly T[]) =>
        list.filter((_one, index) => results[index] === 'accepted')
      const wasThere = await addAll(pick(items), pick(ids), nowMs)
      for (const [n, index] of chosen.entries()) if (wasThere[n]) results[index] = 'duplicate'
      return results
    },
    async counts() {
      const flat = toList(await run('counts'))
      const counts = new Map<string, number>()
      for (let i = 0; i < flat.length; i += 2) counts.set(String(flat[i]), Number(flat[i + 1]))
      return counts
    },
    async forget(items, nowMs) {
      if (items.length === 0) return
      const args = items.flatMap((item) => [jobIdOf(item), item.lane, item.rememberUntilMs])
      await run('forget', nowMs, ...args)
    },
  }
}

const toList = (answer: unknown): readonly unknown[] => (Array.isArray(answer) ? answer : [])
const toNumbers = (answer: unknown) => toList(answer).map(Number)
