import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { outboxItem } from '@capi/core/outbox-test'
import { describe, expect, it } from 'vitest'
import { drive, manyItems } from './drive.ts'
import { LANE, NOW_MS, outboxOptions } from './outbox-options.ts'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()
const PAGE = 8_192
const EVENTS = 500
/** Too large to be checked before the first call. */
const large = (path: string) =>
  outboxOptions(path, { durability: 'fast', reservedBytes: 0, fullCheckBytes: 0 })

/** A file whose owner was killed. */
function left(events = EVENTS): string {
  const path = newPath()
  const owner = drive(large(path))
  const rememberUntilMs = NOW_MS + 1e6
  owner.put(...manyItems(events, 'e', 1_000).map((one) => ({ ...one, rememberUntilMs })))
  const [sent] = owner.lease(1).items
  if (sent === undefined) throw new Error('none')
  owner.settle({ kind: 'delivered', token: sent })
  const copy = `${path}-copy`
  for (const suffix of ['', '-wal']) copyFileSync(path + suffix, copy + suffix)
  owner.engine.close()
  // All of it in one file, and not marked as closed in order.
  const db = new DatabaseSync(copy)
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
  return copy
}

function alter(path: string, statement: string): void {
  const db = new DatabaseSync(path)
  db.exec(statement)
  db.close()
}

describe('a large file whose owner was killed', () => {
  it('is checked in steps, while events are taken', () => {
    const outbox = drive(large(left()))
    expect(outbox.put(outboxItem('first'))).toEqual(['accepted'])
    let steps = 0
    while (outbox.engine.step()) steps++
    expect(steps).toBeGreaterThan(EVENTS / 100)
    expect(outbox.incidents).toEqual([])
    expect(outbox.queued()).toBe(EVENTS)
    outbox.engine.close()
  })

  it('is not checked when it was closed in order', () => {
    const path = left()
    const first = drive(large(path))
    first.queued()
    first.keepUp()
    first.engine.close()
    const next = drive(large(path))
    next.queued()
    expect(next.engine.step()).toBe(false)
    next.engine.close()
  })

  it('gives up an event that is not what was put, before it is its turn', () => {
    const path = left()
    alter(path, `UPDATE outbox SET body = replace(body, 'e7"', 'E7"') WHERE event_id = 'e7'`)
    const outbox = drive(large(path))
    outbox.queued()
    outbox.keepUp()
    expect(outbox.losses()).toEqual([{ lane: LANE, reason: 'store_failed', event_id: 'e7' }])
    expect(outbox.queued()).toBe(EVENTS - 2)
    outbox.engine.close()
  })

  it('is repaired when a row is missing in the index that finds it', () => {
    const path = left()
    const file = readFileSync(path)
    const indexLeaf = 0x0a
    for (let page = 0; page < file.length; page += PAGE) {
      const cells = file.readUInt16BE(page + 3)
      // The last entry of the page: the order stays what it was.
      const entry = page + file.readUInt16BE(page + 8 + 2 * Math.max(0, cells - 1))
      const lane = file.indexOf(LANE, entry)
      if (file[page] !== indexLeaf || cells < 9 || lane < 0 || lane - entry > 20) continue
      file.write('1', lane + LANE.length - 1)
      break
    }
    writeFileSync(path, file)
    const outbox = drive(large(path))
    outbox.queued()
    outbox.keepUp()
    expect(outbox.damages()).toMatchObject([{ kind: 'corrupt', salvaged: EVENTS - 1, lost: 0 }])
    expect(outbox.lease().items).toHaveLength(EVENTS - 1)
    outbox.engine.close()
  })

  it('is repaired when a page of what waits is damaged', () => {
    const path = left()
    const file = readFileSync(path)
    const at = PAGE * Math.floor(file.length / PAGE / 2)
    writeFileSync(path, file.fill(7, at, at + PAGE))
    const outbox = drive(large(path))
    expect(outbox.put(outboxItem('first'))).toEqual(['accepted'])
    outbox.keepUp()
    const [incident] = outbox.damages()
    expect(existsSync(incident?.quarantinedAs ?? '')).toBe(true)
    const lost = incident?.lost ?? 0
    expect(lost).toBeGreaterThan(0)
    expect((incident?.salvaged ?? 0) + lost).toBe(EVENTS)
    expect(outbox.queued()).toBe(EVENTS - lost)
    outbox.engine.close()
  })

  it('counts again where the counts are damaged', () => {
    const path = left()
    alter(path, 'UPDATE lane SET queued = 1e9, bytes = 1e15')
    const outbox = drive(large(path))
    expect(outbox.ask('counts')).toEqual({ [LANE]: { queued: EVENTS - 1, dead: 0 } })
    expect(outbox.put(outboxItem('more'))).toEqual(['accepted'])
    outbox.engine.close()
  })
})
