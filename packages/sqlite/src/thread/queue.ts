import type {
  Lease,
  LeasedItem,
  LeaseRequest,
  OutboxItem,
  PutResult,
  Settlement,
  SettleResult,
} from '@capi/core/outbox'
import { isSound } from '../damage/checksum.ts'
import { failure } from '../outbox-problem.ts'
import type { DeadLetters } from './dead-letters.ts'
import { isLeased, leaseOf, setLease, setLosses } from './owner.ts'
import type { Operations } from './protocol.ts'
import { COLUMNS, type Parts, type Row, toColumns, toItem, whole } from './rows.ts'

export const DUE =
  'SELECT seq, bytes FROM outbox WHERE lane = ? AND due_tick <= ? ORDER BY due_tick, seq'
export const NEXT_DUE =
  'SELECT due_tick FROM outbox WHERE lane = ? AND due_tick > ? ORDER BY due_tick LIMIT 1'
export const LAST_DUE = 'SELECT due_tick FROM outbox WHERE lane = ? ORDER BY due_tick DESC LIMIT 1'

/** Longer than any event is of use. */
const MAX_DELAY_MS = 366 * 86_400_000

export interface Queue
  extends Pick<Operations, 'put' | 'lease' | 'settle' | 'renew' | 'recover' | 'dueLanes'> {
  /** Takes a row out: `bytes` are those of its body. */
  remove(row: Row): void
}

/** Taking in, handing out and settling. */
export function queueOn({ db, options, owner, tally, keys }: Parts, dead: DeadLetters): Queue {
  const insert = db.prepare(`INSERT INTO outbox (${COLUMNS}, bytes, due_tick, seq, attempts)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`)
  const due = db.prepare(DUE)
  const nextDue = db.prepare(NEXT_DUE)
  const lastDue = db.prepare(LAST_DUE)
  const read = db.prepare('SELECT * FROM outbox WHERE seq = ?')
  const removeOne = db.prepare('DELETE FROM outbox WHERE seq = ?')
  const postpone = db.prepare(
    'UPDATE outbox SET due_tick = ?, attempts = attempts + ? WHERE seq = ?',
  )

  const isFull = (bytes: number) =>
    tally.total.queued >= options.maxEvents || tally.total.bytes + bytes > options.maxBytes
  const now = () => (owner.origin ?? 0) + whole(owner.tick)

  /** Every due moment there is becomes one of the past; no row has to be written for it. */
  function rebase(): void {
    const last = [...tally.lanes.keys()].map((lane) => Number(lastDue.get(lane)?.['due_tick'] ?? 0))
    owner.origin = Math.max(0, ...last) + 1 - whole(owner.tick)
  }
  // Those of a former process mean nothing in this one.
  if (owner.origin === undefined) rebase()

  function remove(row: Row): void {
    const { lane, seq, bytes, dedup_key } = row
    removeOne.run(Number(seq))
    keys.forget(String(dedup_key))
    tally.add(String(lane), { queued: -1, bytes: -Number(bytes) })
  }

  function putOne(item: OutboxItem): PutResult {
    const { lane, key, body } = item
    if (keys.has(key)) return 'duplicate'
    const bytes = Buffer.byteLength(body)
    if (isFull(bytes)) return 'full'
    const seq = keys.nextSeq()
    insert.run(...toColumns(item), bytes, now(), seq)
    keys.wait(key, { seq, untilMs: whole(Math.max(item.expiresAtMs, item.rememberUntilMs)) })
    tally.add(lane, { queued: 1, bytes })
    return 'accepted'
  }

  function* dueIn(lane: string): Generator<Row> {
    for (const row of due.iterate(lane, now())) if (!isLeased(owner, Number(row['seq']))) yield row
  }

  function hasDue(lane: string): boolean {
    for (const _row of dueIn(lane)) return true
    return false
  }

  function chosen({ lane, maxEvents, maxBytes }: LeaseRequest) {
    const seqs: number[] = []
    let size = 0
    for (const row of dueIn(lane)) {
      size += Number(row['bytes'])
      if (seqs.length >= maxEvents || (seqs.length > 0 && size > maxBytes))
        return { seqs, hasMore: true as const }
      seqs.push(Number(row['seq']))
    }
    return { seqs }
  }

  function handOut({ lane, leaseMs }: LeaseRequest, seq: number): LeasedItem | undefined {
    const row = read.get(seq)
    if (row === undefined)
      throw failure('corrupt', options.path, 'an index names a row that is not there')
    if (isSound(row)) {
      const fence = owner.nextFence++
      setLease(owner, seq, { lane, fence, untilTick: owner.tick + leaseMs })
      return { ...toItem(row), id: String(seq), fence, attempts: Number(row['attempts']) }
    }
    remove({ ...row, lane })
    const event_id = String(row['event_id'])
    setLosses(owner, [...owner.losses, { lane, reason: 'store_failed', event_id }])
    return undefined
  }

  function nextDueInMs(lane: string): number | undefined {
    const next = nextDue.get(lane, now())?.['due_tick']
    const ends = [...owner.leases.values()].filter((held) => held.lane === lane)
    const inMs = Math.min(
      next === undefined
        ? Number.POSITIVE_INFINITY
        : Number(next) - (owner.origin ?? 0) - owner.tick,
      ...ends.map(({ untilTick }) => untilTick - owner.tick),
    )
    return Number.isFinite(inMs) ? inMs : undefined
  }

  function settleOne(settlement: Settlement): SettleResult {
    const seq = Number(settlement.token.id)
    const row = read.get(seq)
    const isHeld = leaseOf(owner, settlement.token) !== undefined
    if (isHeld) setLease(owner, seq)
    if (row === undefined) return 'unknown' // It was settled before, or damage took it.
    if (!isHeld) return 'stale'
    if (settlement.kind === 'retry') {
      const delayMs = Math.min(settlement.delayMs, MAX_DELAY_MS)
      const dueTick = (owner.origin ?? 0) + owner.tick + delayMs
      postpone.run(whole(Math.ceil(dueTick)), settlement.isAttempt ? 1 : 0, seq)
      return 'settled'
    }
    if (settlement.kind === 'dead') dead.add(row, settlement.cause)
    remove(row)
    const untilMs = Number(row['remember_until_ms'])
    if (settlement.kind === 'delivered' && untilMs > owner.nowMs)
      keys.remember(String(row['dedup_key']), untilMs)
    return 'settled'
  }

  return {
    remove,

    put: (items) => items.map(putOne),

    lease(request): Lease {
      for (;;) {
        const { seqs, ...more } = chosen(request)
        const found = seqs.map((seq) => handOut(request, seq))
        const items = found.filter((item) => item !== undefined)
        if (items.length > 0) return { items, ...more }
        if (seqs.length > 0) continue // All of them were damaged, and are gone.
        const inMs = nextDueInMs(request.lane)
        return inMs === undefined ? { items } : { items, nextDueInMs: inMs }
      }
    },

    settle: (settlements) => settlements.map(settleOne),

    renew(tokens, leaseMs) {
      for (const token of tokens) {
        const held = leaseOf(owner, token)
        const untilTick = owner.tick + leaseMs
        if (held !== undefined) setLease(owner, Number(token.id), { ...held, untilTick })
      }
    },

    recover() {
      for (const seq of owner.leases.keys()) setLease(owner, seq)
      rebase()
      const waiting = new Map([...tally.lanes].map(([lane, { queued }]) => [lane, queued]))
      // Found lost when the file was opened: they were waiting too, and are reported next.
      for (const { lane, count = 1 } of owner.losses)
        waiting.set(lane, (waiting.get(lane) ?? 0) + count)
      return Object.fromEntries(waiting)
    },

    dueLanes: () => [...tally.lanes.keys()].filter(hasDue),
  }
}
