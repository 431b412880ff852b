import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type {
  Lease,
  LeasedItem,
  OutboxItem,
  PutOutcome,
  Settlement,
  SettleOutcome,
} from '@capi/core'
import { checksum, dedupKey, isSound } from './checksum.ts'
import type { DeadLetters } from './dead-letters.ts'
import { endLease, type Owner, recordLoss, takeLease } from './owner.ts'
import type { LeaseRequest, Operations, Time } from './protocol.ts'
import type { OutboxOptions } from './store-options.ts'
import { failure } from './store-problem.ts'
import type { Tally } from './tally.ts'

type Row = Record<string, SQLOutputValue>

export const DUE =
  'SELECT seq, bytes FROM outbox WHERE lane = ? AND due_tick <= ? ORDER BY due_tick, seq'
export const NEXT_DUE =
  'SELECT due_tick FROM outbox WHERE lane = ? AND due_tick > ? ORDER BY due_tick LIMIT 1'

export const LAST_DUE = 'SELECT due_tick FROM outbox WHERE lane = ? ORDER BY due_tick DESC LIMIT 1'
/** Longer than any event is of use. */
const MAX_DELAY_MS = 366 * 86_400_000

export interface QueueParts {
  readonly db: DatabaseSync
  readonly options: OutboxOptions
  readonly owner: Owner
  readonly tally: Tally
}

export type PutOne = (item: OutboxItem, nowMs: number) => PutOutcome

/** Taking in. */
export function putting({ db, options, owner, tally }: QueueParts): PutOne {
  const remembered = db.prepare('SELECT 1 FROM seen WHERE dedup_key = ? AND until_ms > ?')
  const waits = db.prepare('SELECT 1 FROM outbox WHERE dedup_key = ?')
  const insert = db.prepare(`INSERT INTO outbox
    (lane, dedup_key, event_id, event_name, expires_ms, remember_until_ms, due_tick, attempts, bytes, crc, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?) ON CONFLICT DO NOTHING`)

  return (item, nowMs) => {
    const { lane, body } = item
    const event_id = readable(item.event_id)
    const event_name = readable(item.event_name)
    const dedup_key = dedupKey(item)
    if (remembered.get(dedup_key, whole(nowMs)) !== undefined) return 'duplicate'
    const bytes = Buffer.byteLength(body)
    if (tally.events >= options.maxEvents || tally.bytes + bytes > options.maxBytes) {
      return waits.get(dedup_key) === undefined ? 'full' : 'duplicate'
    }
    const expires_ms = whole(item.expiresAtMs)
    const remember_until_ms = whole(item.rememberUntilMs)
    const crc = checksum({
      lane,
      dedup_key,
      event_id,
      event_name,
      expires_ms,
      remember_until_ms,
      body,
    })
    const times = [expires_ms, remember_until_ms, owner.origin + owner.tick]
    const row = [lane, dedup_key, event_id, event_name, ...times, bytes, crc, body]
    if (insert.run(...row).changes === 0) return 'duplicate'
    tally.queued(lane, 1, bytes)
    return 'accepted'
  }
}

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
    recordLoss(owner, { lane, reason: 'store_error', count: 1, event_ids })
    return undefined
  }

  function settleOne(settlement: Settlement, { tickMs, nowMs }: Time): SettleOutcome {
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

/**
 * What SQLite gives back as it was given: no half surrogates, and Node 22
 * cuts a text at a NUL. The body is JSON and has neither.
 */
function readable(text: string): string {
  return Buffer.from(text.replaceAll('\0', '\uFFFD')).toString()
}

/** SQLite keeps whole numbers; a caller's Infinity must not fail a whole group. */
function whole(value: number): number {
  if (Number.isNaN(value)) return 0
  return Math.trunc(Math.min(Math.max(value, 0), Number.MAX_SAFE_INTEGER))
}
