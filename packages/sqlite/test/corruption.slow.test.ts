import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname } from 'node:path'
import { outboxItem } from '@capi/core/outbox-test'
import { type Chance, chance } from '@capi/testing'
import { describe, expect, it } from 'vitest'
import { drive, manyItems, REFUSAL } from './drive.ts'
import { LANE, NOW_MS, outboxOptions } from './outbox-options.ts'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()
const PAGE = 8192
const EVENTS = 60
const CASES_PER_KIND = Number(process.env['CAPI_DAMAGES'] ?? 40)
/** A flip here makes a healthy file of a newer version: it is refused, and left alone. */
const VERSION_OFFSETS = new Set([60, 61, 62, 63])

/** Ways to damage a file at rest. */
const DAMAGE: Readonly<Record<string, (file: Buffer, at: Chance) => Buffer>> = {
  'one flipped bit': (file, at) => flip(file, at, 1),
  'many flipped bits': (file, at) => flip(file, at, 100),
  'a truncated end': (file, at) => file.subarray(0, at.index(file.length)),
  'a zeroed header': (file, at) => Buffer.from(file).fill(0, 0, 1 + at.index(PAGE)),
  'a zeroed page': (file, at) => {
    const start = PAGE * at.index(Math.floor(file.length / PAGE))
    return Buffer.from(file).fill(0, start, start + PAGE)
  },
}

const quick = (path: string) => outboxOptions(path, { durability: 'fast', reservedBytes: 0 })

function flip(file: Buffer, at: Chance, times: number): Buffer {
  const flipped = Buffer.from(file)
  for (let n = 0; n < times; n++) {
    const offset = at.index(flipped.length)
    const before = flipped[offset] ?? 0
    if (!VERSION_OFFSETS.has(offset)) flipped[offset] = before ^ (1 << at.index(8))
  }
  return flipped
}

function fileWith(events: number): string {
  const path = newPath()
  const outbox = drive(quick(path))
  outbox.put(...manyItems(events, 'e', 700))
  outbox.engine.close()
  return path
}

/** Everything in it, handed out: what was delivered, what was reported as lost. */
function drain(path: string) {
  const outbox = drive(quick(path))
  const fresh = outbox.put(outboxItem('fresh'))
  const ids = outbox.lease().items.map((item) => item.event_id)
  const lost = outbox.losses().reduce((sum, { count = 1 }) => sum + count, 0)
  const after = outbox.put(outboxItem('after'))
  outbox.engine.close()
  return { fresh, after, ids, lost, incidents: outbox.damages() }
}

describe('a damaged file', () => {
  const whole = readFileSync(fileWith(EVENTS))
  it.each(Object.keys(DAMAGE))(
    'is survived with a count of what is lost: %s',
    { timeout: 60_000 },
    (kind) => {
      const intact = new Set(manyItems(EVENTS, 'e', 700).map((item) => item.event_id))
      for (let seed = 1; seed <= CASES_PER_KIND; seed++) {
        const path = newPath()
        drive(quick(path)).queued()
        const broken = DAMAGE[kind]?.(whole, chance(seed)) ?? whole
        const target = `${path}-damaged`
        writeFileSync(target, broken)
        const { fresh, after, ids, lost, incidents } = drain(target)
        const label = `${kind}, seed ${seed}`
        expect([fresh, after], label).toEqual([['accepted'], ['accepted']])
        const kept = ids.filter((id) => id !== 'fresh')
        expect(new Set(kept).size, label).toBe(kept.length)
        expect(
          kept.filter((id) => !intact.has(id)),
          label,
        ).toEqual([])
        const [incident] = incidents
        if (incident === undefined) {
          // An empty file is a new one: nothing is left of it that could tell.
          if (broken.length > 0) expect(kept.length + lost, label).toBe(EVENTS)
          continue
        }
        expect(readdirSync(dirname(target))).toContain(basename(incident.quarantinedAs))
        expect(incident.salvaged, label).toBe(kept.length)
        if (incident.lost !== undefined) expect(kept.length + lost, label).toBe(EVENTS)
      }
    },
  )

  it('with a cut -wal gives what was synced before the cut', { timeout: 60_000 }, () => {
    for (let seed = 1; seed <= CASES_PER_KIND; seed++) {
      const path = newPath()
      const outbox = drive(quick(path))
      for (const item of manyItems(20, 'e', 700)) outbox.put(item)
      const copy = `${path}-copy`
      writeFileSync(copy, readFileSync(path))
      writeFileSync(`${copy}-wal`, readFileSync(`${path}-wal`))
      const at = chance(seed)
      truncateSync(`${copy}-wal`, at.index(readFileSync(`${copy}-wal`).length))
      const { fresh, ids } = drain(copy)
      expect(fresh).toEqual(['accepted'])
      const kept = ids.filter((id) => id !== 'fresh')
      expect(kept).toEqual(Array.from(kept, (_, n) => `e${n}`))
      outbox.engine.close()
    }
  })

  it('is noticed while it is in use, and leases stay in force', () => {
    const path = newPath()
    const outbox = drive(quick(path))
    outbox.put(...manyItems(3_000, 'e', 7_000)) // More than SQLite holds in memory.
    const first = outbox.lease(2).items
    const [token] = first
    if (token === undefined) throw new Error('nothing was leased')
    outbox.settle({ kind: 'dead', token, cause: REFUSAL })
    const file = readFileSync(path)
    file.fill(0xaa, PAGE * 200, PAGE * 2_000)
    writeFileSync(path, file)
    const leased: string[] = first.map((item) => item.event_id)
    for (;;) {
      const { items } = outbox.lease(500)
      if (items.length === 0) break
      leased.push(...items.map((item) => item.event_id))
    }
    const [incident] = outbox.damages()
    expect(outbox.incidents).toHaveLength(1)
    expect(incident?.lost).toBeGreaterThan(0)
    expect((incident?.salvaged ?? 0) + (incident?.lost ?? 0)).toBe(2_999)
    expect(outbox.losses()).toEqual([{ lane: LANE, reason: 'store_failed', count: incident?.lost }])
    const [, second] = first
    if (second === undefined) throw new Error('two were leased')
    const [isSettled] = outbox.settle({ kind: 'delivered', token: second })
    expect(isSettled).toBe('settled')
    expect(outbox.queued()).toBe((incident?.salvaged ?? 0) - 1)
    expect(outbox.put(outboxItem('fresh'))).toEqual(['accepted'])
    expect(existsSync(incident?.quarantinedAs ?? '')).toBe(true)
    outbox.engine.close()
  })

  it('is noticed also when it was too large to be checked at the start', () => {
    const path = fileWith(3_000)
    const file = readFileSync(path)
    const pages = Math.floor(file.length / PAGE)
    for (let n = 1; n < 20; n++) {
      const start = PAGE * Math.floor((pages / 20) * n)
      file.fill(7, start, start + PAGE)
    }
    writeFileSync(path, file)
    const outbox = drive({ ...quick(path), fullCheckBytes: 0 })
    const kept = new Set<string>()
    for (;;) {
      const { items } = outbox.lease(100)
      if (items.length === 0) break
      for (const item of items) kept.add(item.event_id)
      outbox.settle(...items.map((token) => ({ kind: 'delivered', token }) as const))
    }
    expect(outbox.incidents).toHaveLength(1)
    expect(kept.size).toBeGreaterThan(2_700)
    outbox.engine.close()
  })

  it('is put aside also when a name in its schema is damaged', () => {
    const path = fileWith(5)
    const file = readFileSync(path)
    file.write('outbix', file.indexOf('CREATE TABLE outbox') + 13)
    writeFileSync(path, file)
    const outbox = drive({ ...quick(path), fullCheckBytes: 0 })
    expect(outbox.put(outboxItem('a'))).toEqual(['accepted'])
    expect(outbox.incidents).toHaveLength(1)
    outbox.engine.close()
  })

  it('stays in place until all of it is copied: nothing is lost to a disk that is full just then', () => {
    const path = fileWith(300)
    const file = readFileSync(path)
    file[68] = 0 // The mark that the file is ours.
    writeFileSync(path, file)
    const cramped = drive({ ...quick(path), maxPages: 20 })
    expect(() => cramped.put(outboxItem('a'))).toThrow('disk_full')
    expect(() => cramped.put(outboxItem('a'))).toThrow('disk_full')
    cramped.engine.close()
    expect(readdirSync(dirname(path))).toEqual(['outbox.db'])
    const outbox = drive(quick(path))
    expect(outbox.put(outboxItem('a'))).toEqual(['accepted'])
    expect(outbox.incidents).toMatchObject([{ salvaged: 300, lost: 0 }])
    outbox.engine.close()
  })

  it('is replaced also when the process ended between the two', () => {
    const path = fileWith(5)
    renameSync(path, `${path}.repair`)
    const outbox = drive(quick(path))
    expect(outbox.queued()).toBe(5)
    outbox.engine.close()
  })

  it('keeps dead letters and memories too', () => {
    const path = newPath()
    const outbox = drive(quick(path))
    outbox.put(outboxItem('dead'), outboxItem('sent', { rememberUntilMs: NOW_MS + 1e6 }))
    const [dead, sent] = outbox.lease().items
    if (dead === undefined || sent === undefined) throw new Error('two were put')
    outbox.settle({ kind: 'dead', token: dead, cause: REFUSAL }, { kind: 'delivered', token: sent })
    outbox.engine.close()
    const file = readFileSync(path)
    file[68] = 0 // The mark that the file is ours.
    writeFileSync(path, file)
    const again = drive(quick(path))
    expect(again.put(outboxItem('sent', { rememberUntilMs: NOW_MS + 1e6 }))).toEqual(['duplicate'])
    const letter = { item: { event_id: 'dead' }, cause: REFUSAL }
    expect(again.ask('readDead', {}, 9)).toMatchObject([letter])
    expect(again.incidents).toMatchObject([{ kind: 'corrupt', salvaged: 0, lost: 0 }])
    again.engine.close()
  })
})
