import type { Cause } from '@capi/core'
import type { DeadItem } from '@capi/core/outbox'
import { isSound } from '../damage/checksum.ts'
import type { Operations } from './protocol.ts'
import { COLUMNS, type Parts, type Row, toColumns, toItem, whole } from './rows.ts'

export interface DeadLetters extends Pick<Operations, 'readDead' | 'removeDead'> {
  /** Keeps a row of the outbox. */
  add(row: Row, cause: Cause): void
  /** Keeps a letter of another file. */
  takeOver(letter: Row): void
  dropExpired(): void
}

/** Named: the first Node with SQLite takes no numbered parameters in order. */
const CHOSEN = `(:lane IS NULL OR lane = :lane) AND (:before IS NULL OR seq < CAST(:before AS INTEGER))
  AND (:ids IS NULL OR CAST(seq AS TEXT) IN (SELECT value FROM json_each(:ids)))`

/** What Meta refused, kept until it is too old to be sent again. */
export function deadLettersOn({ db, options, owner, tally }: Parts): DeadLetters {
  const insert = db.prepare(`INSERT INTO dead (${COLUMNS}, cause, died_ms)
    SELECT ${COLUMNS}, ?, ? FROM outbox WHERE seq = ?`)
  const removeSame = db.prepare('DELETE FROM dead WHERE dedup_key = ? RETURNING lane')
  const removeOldest = db.prepare(
    'DELETE FROM dead WHERE seq = (SELECT min(seq) FROM dead) RETURNING lane',
  )
  const removeExpired = db.prepare('DELETE FROM dead WHERE expires_ms <= ? RETURNING lane')
  const removeSome = db.prepare(
    'DELETE FROM dead WHERE CAST(seq AS TEXT) IN (SELECT value FROM json_each(?)) RETURNING lane',
  )
  const newest = db.prepare(`SELECT * FROM dead WHERE ${CHOSEN} ORDER BY seq DESC LIMIT :most`)

  const insertOther = db.prepare(
    `INSERT INTO dead (${COLUMNS}, cause, died_ms) VALUES (${COLUMNS.replaceAll(/\w+/g, '?')}, ?, ?)`,
  )

  function removed(rows: readonly Row[]): number {
    for (const row of rows) tally.add(String(row['lane']), { dead: -1 })
    return rows.length
  }

  function replace(row: Row, write: () => void): void {
    removed(removeSame.all(row['dedup_key'] ?? null))
    write()
    tally.add(String(row['lane']), { dead: 1 })
    if (tally.total.dead > options.maxDeadLetters) removed(removeOldest.all())
  }

  return {
    add(row, cause) {
      replace(row, () => insert.run(JSON.stringify(cause), whole(owner.nowMs), row['seq'] ?? null))
    },

    takeOver(letter) {
      const values = [...toColumns(toItem(letter)), letter['cause'] ?? null, letter['died_ms'] ?? 0]
      replace(letter, () => insertOther.run(...values))
    },

    dropExpired() {
      removed(removeExpired.all(owner.nowMs))
    },

    readDead({ lane = null, ids, before = null }, limit) {
      const most = Math.min(limit, options.maxDeadLetters)
      const sought = ids === undefined ? null : JSON.stringify(ids)
      return newest.all({ lane, before, ids: sought, most }).filter(isSound).map(toDeadItem)
    },

    removeDead: (ids) => removed(removeSome.all(JSON.stringify(ids))),
  }
}

function toDeadItem(row: Row): DeadItem {
  const { seq, cause, died_ms } = row
  return {
    id: String(seq),
    item: toItem(row),
    cause: toCause(String(cause)),
    diedAtMs: Number(died_ms),
  }
}

function toCause(json: string): Cause {
  try {
    return JSON.parse(json)
  } catch {
    return { code: 'unknown' } // Damaged: the letter itself may still be good.
  }
}
