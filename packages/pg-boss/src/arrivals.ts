import { type OutboxContext, query } from './outbox-context.ts'

/** Looks again and again for what other processes put, and for leases that ran out. */
export interface Arrivals {
  start(wake: (lane: string) => void): void
  /** Looks once: leases that ran out are over now. @returns the pixels that have something due. */
  look(): Promise<ReadonlySet<string>>
  /** Woken as well when Postgres fails: their leases then say so. */
  watch(lane: string): void
  stop(): void
}

/** One question for all pixels: a thousand idle ones cost no more than a look into the index each. */
export function createArrivals(context: OutboxContext): Arrivals {
  const { options, queues, sql, call } = context
  const watched = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  async function look(): Promise<ReadonlySet<string>> {
    const rows = await call(() => query(context, sql.arrivals, [queues.prefix]))
    for (const row of rows) {
      if (row['isLapsed'] === true) await call(() => query(context, sql.release, [row['name']]))
    }
    return new Set(rows.map((row) => queues.laneOf(String(row['name']))))
  }

  return {
    look,
    start(wake) {
      const next = () => {
        if (isStopped) return
        timer = setTimeout(() => void tick(), options.pollMs).unref()
      }
      const tick = async () => {
        const lanes = await look().catch(() => watched)
        if (isStopped) return
        for (const lane of lanes) wake(lane)
        next()
      }
      next()
    },
    watch: (lane) => void watched.add(lane),
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
