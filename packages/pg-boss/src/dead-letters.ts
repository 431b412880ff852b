import type { Cause, DeadLetter } from '@capi/core'
import type { DeadLetterQuery, DeadLetterStore, Outbox } from '@capi/core/outbox'
import { readData, toItem } from './event-job.ts'
import { type OutboxContext, query } from './outbox-context.ts'

/** Replayed and purged so many at a time. */
const STEP = 500
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

interface Letter {
  readonly letter: DeadLetter
  readonly data: unknown
}

/** What Meta refused, in pg-boss's dead letter queue. */
export function createDeadLetters(context: OutboxContext, put: Outbox['put']): DeadLetterStore {
  const { queues, sql, call } = context

  async function read(
    { pixelId, keys }: DeadLetterQuery,
    limit: number,
  ): Promise<readonly Letter[]> {
    const queue = pixelId === undefined ? null : queues.of(pixelId)
    const ids = keys?.filter((key) => UUID.test(key)) ?? null
    const values = [queues.dead, queue, ids, limit]
    const rows = await call(() => query(context, sql.letters, values))
    return rows.flatMap((row) => {
      const data = readData(row['data'])
      if (data === undefined) return []
      const { diedAtMs, ...cause } = readCause(row['cause'])
      const letter: DeadLetter = {
        key: String(row['id']),
        pixelId: queues.laneOf(String(row['queue'])),
        event_id: data.event_id,
        event_name: data.event_name,
        cause,
        diedAtMs: diedAtMs ?? 0,
        expiresAtMs: data.expiresAtMs,
      }
      return [{ letter, data }]
    })
  }

  /** @returns how many were there: another process may have been first. */
  async function remove(letters: readonly Letter[]): Promise<number> {
    if (letters.length === 0) return 0
    const ids = letters.map(({ letter }) => letter.key)
    const gone = await call(() => query(context, sql.remove, [queues.dead, ids]))
    return gone.length
  }

  return {
    async list({ limit = 100, ...filter } = {}) {
      return (await read(filter, limit)).map(({ letter }) => letter)
    },

    /** pg-boss's `redrive()` would give each a new id: then nothing tells when the same event is tracked again. */
    async replay(filter, nowMs) {
      const replayed = new Map<string, number>()
      const counts = { expired: 0, duplicate: 0, full: 0 }
      for (;;) {
        const letters = await read(filter, STEP)
        const alive = letters.filter(({ letter }) => letter.expiresAtMs > nowMs)
        const items = alive.flatMap(({ letter, data }) => toItem(letter.pixelId, data) ?? [])
        const results = await put(items, nowMs)
        const gone = alive.filter((_letter, index) => results[index] !== 'full')
        const isFull = gone.length < alive.length
        // Only now: a process that dies in between leaves both, and the next replay finds the event waiting.
        const old = letters.filter(({ letter }) => letter.expiresAtMs <= nowMs)
        await remove([...gone, ...old])
        counts.expired += old.length
        for (const [index, { letter }] of alive.entries()) {
          const result = results[index] ?? 'duplicate'
          if (result !== 'accepted') counts[result]++
          else replayed.set(letter.pixelId, (replayed.get(letter.pixelId) ?? 0) + 1)
        }
        if (isFull || letters.length < STEP) break
      }
      return { replayed: Object.fromEntries(replayed), ...counts }
    },

    async purge(filter = {}) {
      let purged = 0
      for (;;) {
        const letters = await read(filter, STEP)
        purged += await remove(letters)
        if (letters.length < STEP) return purged
      }
    },
  }
}

/** As it was written when the letter was; a letter of pg-boss's own making holds what it likes. */
function readCause(cause: unknown): Cause & { readonly diedAtMs?: number } {
  const value: unknown = typeof cause === 'string' ? JSON.parse(cause) : cause
  const fields = (value ?? {}) as Partial<Cause & { readonly diedAtMs: number }>
  return { ...fields, code: fields.code ?? 'unknown' }
}
