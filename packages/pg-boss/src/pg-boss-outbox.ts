import { lookForDue } from './arrivals.ts'
import { createCounts } from './counts.ts'
import { createDeadLetters } from './dead-letters.ts'
import { momentKey } from './event-job.ts'
import { createLeases } from './leases.ts'
import { removeMatching } from './matching.ts'
import type { OldLoss, OldOutbox } from './old-port.ts'
import { type OutboxContext, query } from './outbox-context.ts'
import { createCall } from './outbox-failure.ts'
import { type PgBossOutboxOptions, resolveOptions } from './outbox-options.ts'
import { createPut } from './put.ts'
import { createQueues } from './queues.ts'
import { createRoom } from './room.ts'
import { createSettle } from './settle.ts'
import { statements } from './statements.ts'

/** Given up in one statement. */
const SWEPT = 1_000

/** See `new-port.ts`. */
export function pgBossOutbox(input: PgBossOutboxOptions): OldOutbox {
  const options = resolveOptions(input)
  let isClosed = false
  const context: OutboxContext = {
    options,
    queues: createQueues(options),
    sql: statements(options.schema),
    call: createCall(options.timeoutMs, () => isClosed),
  }
  const { queues, sql, call } = context
  const counts = createCounts(context)
  const room = createRoom(options.maxEvents, counts)
  const leases = createLeases(context)
  const put = createPut(context, room)

  return {
    sharedAs: options.role,
    isTransactional: true,
    pollMs: options.pollMs,
    put,
    settle: createSettle(context, leases, room),
    lease: leases.lease,
    ...createDeadLetters(context),
    removeMatching: (hashes) => removeMatching(context, hashes),
    dueLanes: async () => [...(await lookForDue(context))],

    async recover() {
      await call(() => query(context, sql.check, []))
      await lookForDue(context)
      const waiting = [...(await counts())].filter(([, { queued }]) => queued > 0)
      return Object.fromEntries(waiting.map(([lane, { queued }]) => [lane, queued]))
    },

    async sweep(nowMs) {
      const values = [queues.prefix, momentKey(nowMs), queues.dead]
      const lost = new Map<string, string[]>()
      for (let count = SWEPT; count === SWEPT; ) {
        const sweeping = call(() => query(context, sql.sweep, values))
        // What was given up so far must be told, whatever comes of the rest.
        const rows = lost.size === 0 ? await sweeping : await sweeping.catch(() => [])
        count = rows.length
        for (const row of rows) {
          if (row['name'] === queues.dead) continue // Told when it died.
          const lane = queues.laneOf(String(row['name']))
          const event_ids = lost.get(lane) ?? []
          lost.set(lane, event_ids)
          event_ids.push(String(row['event_id']))
        }
      }
      const toLoss = ([lane, event_ids]: [string, string[]]): OldLoss => {
        return { lane, reason: 'expired', count: event_ids.length, event_ids }
      }
      return [...lost].map(toLoss)
    },

    async stats() {
      const holding = [...(await counts())].filter(([, { queued, dead }]) => queued + dead > 0)
      return Object.fromEntries(holding)
    },

    async close() {
      if (isClosed) return []
      await leases.giveBack()
      isClosed = true
      return [] // Everything is kept.
    },
  }
}
