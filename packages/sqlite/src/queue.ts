import type { SQLOutputValue } from 'node:sqlite'
import type { Lease, LeasedItem, Settlement, SettleResult } from '@capi/core/outbox'
import { isSound } from './checksum.ts'
import type { DeadLetters } from './dead-letters.ts'
import { failure } from './outbox-problem.ts'
import { endLease, recordLoss, takeLease } from './owner.ts'
import type { LeaseRequest, Operations, Time } from './protocol.ts'
import { type QueueParts, whole } from './put.ts'

type Row = Record<string, SQLOutputValue>

export const DUE =
  'SELECT seq, bytes FROM outbox WHERE lane = ? AND due_tick <= ? ORDER BY due_tick, seq'
export const NEXT_DUE =
  'SELECT due_tick FROM outbox WHERE lane = ? AND due_tick > ? ORDER BY due_tick LIMIT 1'

export const LAST_DUE = 'SELECT due_tick FROM outbox WHERE lane = ? ORDER BY due_tick DESC LIMIT 1'
/** Longer than any event is of use. */
const MAX_DELAY_MS = 366 * 86_400_000

/** Handing out and settling. */
export function queueOperations(
  { db, options, owner, tally }: QueueParts,
  dead: DeadLetters,
): Pick<Operations, 'lease' | 'settle' | 'recover' | 'rebase'> {
  const due = db.prepare(DUE)
  const nextDue = db.prepare(NEXT_DUE)
  const read = db.prepare('SELECT * FROM outbox WHERE seq = ?')
  const remove = db.prepare('DELETE FROM outbox WHERE seq = ?')
  const postpone = db.prepare(
    'UPDATE outbox SET due_tick = ?, attempts = attempts + ? WHERE seq = ?',
  )
  const remember = db.prepare(`INSERT INTO seen (dedup_key, until_ms) VALUES (?, ?)
    ON CONFLICT (dedup_key) DO UPDATE SET until_ms = excluded.until_ms`)
  const lastDue = db.prepare(LAST_DUE)

  function forget(row: Row): void {
    remove.run(Number(row['seq']))
    tally.queued(String(row['lane']), -1, -Number(row['bytes']))
  }

  function chosen({ lane, maxEvents, maxBytes }: LeaseRequest) {
    const seqs: number[] = []
    let size = 0
    let hasMore = false
    for (const row of due.iterate(lane, owner.origin + owner.tick)) {
      const seq = Number(row['seq'])
      if (owner.leases.has(seq)) continue
      size += Number(row['bytes'])
      hasMore = seqs.length >= maxEvents || (seqs.length > 0 && size > maxBytes)
      if (hasMore) break
      seqs.push(seq)
    }
    return { seqs, hasMore }
  }

  function handOut(lane: string, seq: number): LeasedItem | undefined {
    const row = read.get(seq)
    if (row === undefined)
      throw failure('corrupt', options.path, 'an index names a row that is not there')
    if (isSound(row)) return toItem(row, takeLease(owner, seq))
    remove.run(seq)
    tally.queued(lane, -1, -Number(row['bytes']))
    const event_ids = [String(row['event_id'])]
    recordLoss(owner, { lane, reason: 'store_failed', count: 1, event_ids })
    return undefined
  }

  function settleOne(settlement: Settlement, { tickMs, nowMs }: Time): SettleResult {
    const seq = Number(settlement.token.key)
    const row = read.get(seq)
    const isInForce = owner.leases.get(seq) === settlement.token.fence
    if (isInForce) endLease(owner, seq)
    if (row === undefined) return 'unknown' // It was settled before, or damage took it.
    if (!isInForce) return 'stale'
    switch (settlement.kind) {
      case 'retry': {
        const delayMs = Math.min(settlement.delayMs, MAX_DELAY_MS)
        postpone.run(
          owner.origin + whole(Math.ceil(tickMs + delayMs)),
          settlement.isAttempt ? 1 : 0,
          seq,
        )
        return 'settled'
      }
      case 'delivered': {
        const until = Number(row['remember_until_ms'])
        if (until > nowMs) remember.run(row['dedup_key'] ?? null, until)
        break
      }
      case 'dead':
        dead.add(row, settlement.cause, whole(nowMs))
        break
      case 'expired':
        break
      default:
        settlement satisfies never
    }
    forget(row)
    return 'settled'
  }

  /** Every due moment there is becomes one of the past; no row has to be written for it. */
  function rebase(): void {
    const last = [...tally.lanes.keys()].map((lane) => Number(lastDue.get(lane)?.['due_tick'] ?? 0))
    const before = owner.origin
    owner.origin = Math.max(0, ...last) + 1 - owner.tick
    owner.undo.push(() => {
      owner.origin = before
    })
  }

  return {
    lease(request): Lease {
      owner.tick = Math.max(owner.tick, whole(request.tickMs))
      for (;;) {
        const { seqs, hasMore } = chosen(request)
        const items = seqs
          .map((seq) => handOut(request.lane, seq))
          .filter((item) => item !== undefined)
        if (items.length > 0) return { items, ...(hasMore && { hasMore }) }
        if (seqs.length > 0) continue // All of them were damaged, and are gone.
        const next = nextDue.get(request.lane, owner.origin + owner.tick)?.['due_tick']
        if (next === undefined) return { items }
        return { items, nextDueInMs: Number(next) - owner.origin - request.tickMs }
      }
    },

    settle(settlements, time) {
      owner.tick = Math.max(owner.tick, whole(time.tickMs))
      return settlements.map((settlement) => settleOne(settlement, time))
    },

    rebase,

    recover() {
      for (const seq of owner.leases.keys()) endLease(owner, seq)
      rebase()
      const waiting = new Map([...tally.lanes].map(([lane, { queued }]) => [lane, queued]))
      // Found lost when the file was opened: they were waiting too, and the next sweep tells of them.
      for (const { lane, count } of owner.losses) {
        waiting.set(lane, (waiting.get(lane) ?? 0) + count)
      }
      return Object.fromEntries(waiting)
    },
  }
}

function toItem(row: Row, fence: number): LeasedItem {
  return {
    lane: String(row['lane']),
    event_id: String(row['event_id']),
    event_name: String(row['event_name']),
    body: String(row['body']),
    expiresAtMs: Number(row['expires_ms']),
    rememberUntilMs: Number(row['remember_until_ms']),
    key: String(row['seq']),
    fence,
    attempts: Number(row['attempts']),
  }
}
