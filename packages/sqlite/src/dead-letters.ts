import type { SQLOutputValue } from 'node:sqlite'
import type { Cause, DeadLetter, ReplayResult } from '@capi/core'
import type { DeadLetterQuery, PutResult } from '@capi/core/outbox'
import { isSound } from './checksum.ts'
import { recordLoss } from './owner.ts'
import type { ListFilter } from './protocol.ts'
import type { PutOne, QueueParts } from './put.ts'

type Row = Record<string, SQLOutputValue>

export interface DeadLetters {
  /** Keeps a row of the outbox. */
  add(row: Row, cause: Cause, nowMs: number): void
  sweep(nowMs: number): void
  list(filter: ListFilter): readonly DeadLetter[]
  replay(filter: DeadLetterQuery, nowMs: number): ReplayResult
  purge(filter: DeadLetterQuery): number
}

/** Named: the first Node with SQLite takes no numbered parameters in order. */
const CHOSEN = `(:lane IS NULL OR lane = :lane)
  AND (:keys IS NULL OR CAST(seq AS TEXT) IN (SELECT value FROM json_each(:keys)))`

/** What Meta refused, kept until it is too old to be sent again. */
export function deadLetters({ db, options, owner, tally }: QueueParts, put: PutOne): DeadLetters {
  const insert = db.prepare(`INSERT INTO dead (lane, dedup_key, event_id, event_name, expires_ms,
      remember_until_ms, cause, died_ms, crc, body)
    SELECT lane, dedup_key, event_id, event_name, expires_ms, remember_until_ms, ?, ?, crc, body
    FROM outbox WHERE seq = ?`)
  const forgetSame = db.prepare('DELETE FROM dead WHERE dedup_key = ? RETURNING lane')
  const forgetOldest = db.prepare(
    'DELETE FROM dead WHERE seq = (SELECT min(seq) FROM dead) RETURNING lane',
  )
  const forgetExpired = db.prepare('DELETE FROM dead WHERE expires_ms <= ? RETURNING lane')
  const forgetOne = db.prepare('DELETE FROM dead WHERE seq = ? RETURNING lane')
  const newest = db.prepare(`SELECT * FROM dead WHERE ${CHOSEN} ORDER BY seq DESC LIMIT :most`)
  const chosen = db.prepare(`SELECT seq FROM dead WHERE ${CHOSEN} ORDER BY seq`)
  const read = db.prepare('SELECT * FROM dead WHERE seq = ?')

  function forgotten(rows: readonly Row[]): number {
    for (const row of rows) tally.died(String(row['lane']), -1)
    return rows.length
  }

  function seqs(filter: DeadLetterQuery): number[] {
    return chosen.all(chosenBy(filter)).map((row) => Number(row['seq']))
  }

  function again(row: Row, nowMs: number): PutResult | 'expired' {
    if (Number(row['expires_ms']) <= nowMs) return 'expired'
    const lane = String(row['lane'])
    if (!isSound(row)) {
      // Whoever counts it as waiting again is told of its loss.
      const event_ids = [String(row['event_id'])]
      recordLoss(owner, { lane, reason: 'store_failed', count: 1, event_ids })
      return 'accepted'
    }
    const item = {
      lane,
      event_id: String(row['event_id']),
      event_name: String(row['event_name']),
      body: String(row['body']),
      expiresAtMs: Number(row['expires_ms']),
      rememberUntilMs: Number(row['remember_until_ms']),
    }
    return put(item, nowMs)
  }

  return {
    add(row, cause, nowMs) {
      forgotten(forgetSame.all(row['dedup_key'] ?? null))
      insert.run(JSON.stringify(cause), nowMs, row['seq'] ?? null)
      tally.died(String(row['lane']), 1)
      if (tally.dead > options.maxDeadLetters) forgotten(forgetOldest.all())
    },

    sweep(nowMs) {
      forgotten(forgetExpired.all(nowMs))
    },

    list({ limit = 100, ...filter }) {
      return newest
        .all({ ...chosenBy(filter), most: Math.min(limit, options.maxDeadLetters) })
        .map(toLetter)
    },

    replay(filter, nowMs) {
      const replayed = new Map<string, number>()
      const counts = { expired: 0, duplicate: 0, full: 0 }
      for (const seq of seqs(filter)) {
        const row = read.get(seq)
        if (row === undefined) continue
        const lane = String(row['lane'])
        const result = again(row, nowMs)
        if (result !== 'full') forgotten(forgetOne.all(seq))
        if (result === 'accepted') replayed.set(lane, (replayed.get(lane) ?? 0) + 1)
        else counts[result]++
      }
      return { replayed: Object.fromEntries(replayed), ...counts }
    },

    purge(filter) {
      return seqs(filter).reduce((purged, seq) => purged + forgotten(forgetOne.all(seq)), 0)
    },
  }
}

function chosenBy({ pixelId, keys }: DeadLetterQuery) {
  return { lane: pixelId ?? null, keys: keys === undefined ? null : JSON.stringify(keys) }
}

function toLetter(row: Row): DeadLetter {
  return {
    key: String(row['seq']),
    pixelId: String(row['lane']),
    event_id: String(row['event_id']),
    event_name: String(row['event_name']),
    cause: toCause(String(row['cause'])),
    diedAtMs: Number(row['died_ms']),
    expiresAtMs: Number(row['expires_ms']),
  }
}

function toCause(json: string): Cause {
  try {
    return JSON.parse(json)
  } catch {
    return { code: 'unknown' } // Damaged: the letter itself may still be good.
  }
}
