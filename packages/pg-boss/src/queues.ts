import { failure } from './outbox-failure.ts'
import type { ResolvedOptions } from './outbox-options.ts'

/** The queues in pg-boss: one for each pixel, and one for the dead letters of all. */
export interface Queues {
  readonly dead: string
  /** What the names of the pixels' queues begin with. */
  readonly prefix: string
  of(lane: string): string
  laneOf(queue: string): string
  /** Makes the queue of a pixel when it is missing, on pg-boss's own connection. */
  ensure(lane: string): Promise<string>
  /** A statement on it failed: whether it is still there is asked anew. */
  doubt(lane: string): void
}

export function createQueues({ boss, schema, prefix }: ResolvedOptions): Queues {
  const dead = `${prefix}.dead`
  const events = `${prefix}.events.`
  const ready = new Map<string, Promise<string>>()

  async function create(queue: string, deadLetter?: string): Promise<string> {
    // Settings of the job stand in each job: a queue the application made itself, with a table of its own, is as good.
    await boss.createQueue(queue, deadLetter === undefined ? {} : { deadLetter })
    const found = await boss.getQueue(queue)
    if (found?.policy !== 'standard') {
      throw failure('misconfigured', `queue ${queue} has policy ${found?.policy}, not standard`)
    }
    const { rows } = await boss
      .getDb()
      .executeSql(`SELECT 1 FROM ${schema}.queue WHERE name = $1`, [queue])
    if (rows.length === 0) throw failure('misconfigured', `boss does not use schema ${schema}`)
    return queue
  }

  function once(queue: string, deadLetter?: string): Promise<string> {
    let made = ready.get(queue)
    if (made === undefined) {
      made = create(queue, deadLetter)
      ready.set(queue, made)
      made.catch(() => ready.delete(queue))
    }
    return made
  }

  return {
    dead,
    prefix: events,
    of: (lane) => events + lane,
    laneOf: (queue) => queue.slice(events.length),
    async ensure(lane) {
      if (!/^[\w-]{1,100}$/.test(lane)) throw failure('unknown', 'a pixel id is made of digits')
      await once(dead)
      return once(events + lane, dead)
    },
    doubt(lane) {
      ready.delete(dead)
      ready.delete(events + lane)
    },
  }
}
