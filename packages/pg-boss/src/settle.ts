import type { Outbox, Settlement, SettleResult } from '@capi/core/outbox'
import { parseKey } from './event-job.ts'
import { groupBy } from './group-by.ts'
import type { Leases } from './leases.ts'
import { idsOf, type OutboxContext, query } from './outbox-context.ts'
import type { Room } from './room.ts'

interface Settling {
  readonly settlement: Settlement
  readonly lane: string
  readonly id: string
}

/** Longer than any event is of use; Postgres knows no moment without end. */
const MAX_DELAY_MS = 366 * 86_400_000

export function createSettle(context: OutboxContext, leases: Leases, room: Room): Outbox['settle'] {
  const { queues, sql, call } = context

  /** One statement for each kind, as they come: whole or not at all. @returns the ids it took effect for. */
  async function settleSome(
    kind: Settlement['kind'],
    queue: string,
    some: readonly Settling[],
    nowMs: number,
  ): Promise<ReadonlySet<string>> {
    const input = JSON.stringify(some.map(toInput))
    if (kind === 'expired') return idsOf(await query(context, sql.expire, [queue, input]))
    if (kind === 'retry') return idsOf(await query(context, sql.retry, [queue, input]))
    if (kind === 'dead') return idsOf(await query(context, sql.bury, [queue, input, queues.dead]))
    return idsOf(await query(context, sql.deliver, [queue, input, nowMs]))

    function toInput({ settlement, id }: Settling) {
      const { token, ...more } = settlement
      const common = { id, fence: token.fence }
      if (more.kind === 'dead') return { ...common, cause: { ...more.cause, diedAtMs: nowMs } }
      if (more.kind !== 'retry') return common
      return {
        ...common,
        delay_ms: Math.min(Math.max(0, more.delayMs), MAX_DELAY_MS),
        is_attempt: more.isAttempt,
      }
    }
  }

  return async (settlements, { nowMs }) => {
    const known = settlements.flatMap((settlement): Settling[] => {
      const job = parseKey(settlement.token.id)
      return job === undefined ? [] : [{ settlement, ...job }]
    })
    // In one order everywhere, so that no two statements wait for each other crosswise.
    known.sort((one, other) => (one.id < other.id ? -1 : 1))
    const results = new Map<Settlement, SettleResult>()
    for (const [lane, ofLane] of groupBy(known, (one) => one.lane)) {
      const queue = queues.of(lane)
      for (const [kind, some] of groupBy(ofLane, ({ settlement }) => settlement.kind)) {
        const settled = await call(() => settleSome(kind, queue, some, nowMs))
        if (kind !== 'retry') room.give(settled.size)
        const rest = some.filter(({ id }) => !settled.has(id)).map(({ id }) => id)
        const open = rest.length === 0 ? new Set() : await openOf(queue, rest)
        for (const { settlement, id } of some) {
          if (settled.has(id)) results.set(settlement, 'settled')
          else if (open.has(id)) results.set(settlement, 'stale')
          leases.end(settlement.token.id)
        }
      }
    }
    return settlements.map((settlement) => results.get(settlement) ?? 'unknown')
  }

  async function openOf(queue: string, ids: string[]): Promise<ReadonlySet<string>> {
    const rows = await call(() => query(context, sql.known, [queue, ids]))
    return idsOf(rows.filter((row) => row['isOpen'] === true))
  }
}
