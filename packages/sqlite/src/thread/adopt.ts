import { rmSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import type { Loss } from '@capi/core/outbox'
import { isSound } from '../damage/checksum.ts'
import { attempt, rememberedIn } from '../damage/copy-all.ts'
import { readableRows } from '../damage/readable-rows.ts'
import type { DeadLetters } from './dead-letters.ts'
import { setLosses } from './owner.ts'
import type { Adopted, Operations } from './protocol.ts'
import type { Queue } from './queue.ts'
import { type Parts, type Row, toItem } from './rows.ts'
import { COUNT_QUEUED } from './tally.ts'
import type { Upkeep } from './upkeep.ts'

/** Keys of one step: it must not hold up a put for long. */
const KEYS = 1_000

/** Takes in what another file held. */
export function adoptOn(
  { options, owner, tally, keys }: Parts,
  queue: Queue,
  dead: DeadLetters,
): Pick<Operations, 'adopt'> {
  return {
    adopt({ items = [], letters = [], known = [], losses = [] }) {
      // All or none: what is kept is taken out of the other file.
      const bytes = items.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0)
      if (tally.total.queued + items.length > options.maxEvents) return false
      if (tally.total.bytes + bytes > options.maxBytes) return false
      queue.put(items, { tickMs: owner.tick, nowMs: owner.nowMs })
      for (const letter of letters) dead.takeOver(letter)
      for (const [key, untilMs] of known) if (!keys.has(key)) keys.remember(key, untilMs)
      setLosses(owner, [...owner.losses, ...losses])
      return true
    },
  }
}

interface Adoption {
  readonly path: string
  readonly nowMs: number
  /** Rows of one step. */
  readonly most: number
  /** Keeps them. @returns false: there is no room. */
  readonly take: (found: Adopted) => boolean
}

/**
 * Empties a file whose process is gone, step by step, and removes it. Each step is taken out of it only once it is kept here: cut
 * short in between, some are there twice, and none is missing.
 */
export function* adopt(from: DatabaseSync, { path, nowMs, most, take }: Adoption): Upkeep {
  try {
    const missing = countIn(from)
    for (const rows of batches(readableRows(from, 'outbox'), most)) {
      const items = rows.filter(isSound).map(toItem)
      if (!take({ items })) return
      for (const { lane } of items) missing.set(lane, (missing.get(lane) ?? 0) - 1)
      removeUpTo(from, 'outbox', rows.at(-1))
      yield
    }
    for (const rows of batches(readableRows(from, 'dead'), most)) {
      take({ letters: rows.filter(isSound) })
      removeUpTo(from, 'dead', rows.at(-1))
      yield
    }
    for (const known of batches(rememberedIn(from, nowMs), KEYS)) {
      take({ known })
      yield
    }
    take({ losses: [...missing].flatMap(toLoss) })
    // While it is locked: no other process takes it up in between.
    for (const suffix of ['', '-wal', '-pid', '-reserved']) rmSync(path + suffix, { force: true })
  } finally {
    from.close()
  }
}

const toLoss = ([lane, count]: readonly [string, number]): Loss[] =>
  count > 0 ? [{ lane, reason: 'store_failed', count }] : []

/** By lane. From an index: the rows themselves may be damaged. */
function countIn(from: DatabaseSync): Map<string, number> {
  const counts = new Map<string, number>()
  attempt(() => {
    for (const { lane, events } of from.prepare(COUNT_QUEUED).all())
      counts.set(String(lane), Number(events))
  })
  return counts
}

function removeUpTo(from: DatabaseSync, table: 'outbox' | 'dead', row: Row | undefined): void {
  attempt(() => from.prepare(`DELETE FROM ${table} WHERE seq <= ?`).run(Number(row?.['seq'])))
}

function* batches<T>(all: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = []
  for (const one of all) {
    batch.push(one)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
