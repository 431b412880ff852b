import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { outboxItem } from '@capi/core/outbox-test'
import { describe, expect, it } from 'vitest'
import { daysIn } from '../src/thread/known-keys.ts'
import { drive, manyItems } from './drive.ts'
import { LANE, NOW_MS, outboxOptions, TIME } from './outbox-options.ts'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()
const DAY_MS = 86_400_000
const quick = (path: string) => outboxOptions(path, { durability: 'fast', reservedBytes: 0 })
/** More than are held in memory: some are in tables, some in the log, some in both. */
const MANY = 50_000

type Driven = ReturnType<typeof drive>

/** Without ending it: as after a kill. */
function reopened(path: string, outbox: Driven): Driven {
  outbox.engine.close()
  return drive(quick(path))
}

function deliver(outbox: Driven, count: number): void {
  for (let left = count; left > 0; left -= 1_000) {
    const { items } = outbox.lease(1_000)
    outbox.settle(...items.map((token) => ({ kind: 'delivered', token }) as const))
  }
}

const later = (ms: number) => ({ ...TIME, nowMs: NOW_MS + ms })

describe('what an outbox knows', () => {
  it('is the same in memory, in tables and after opening again', { timeout: 60_000 }, () => {
    const path = newPath()
    const rememberUntilMs = NOW_MS + 3 * DAY_MS
    const all = manyItems(MANY).map((one, n) => (n % 2 === 0 ? { ...one, rememberUntilMs } : one))
    let outbox = drive(quick(path))
    const putAll = () => {
      const results = { accepted: 0, duplicate: 0, full: 0 }
      for (let n = 0; n < MANY; n += 1_000)
        for (const result of outbox.put(...all.slice(n, n + 1_000))) results[result]++
      return results
    }
    expect(putAll()).toEqual({ accepted: MANY, duplicate: 0, full: 0 })
    expect(putAll()).toEqual({ accepted: 0, duplicate: MANY, full: 0 })
    outbox = reopened(path, outbox)
    expect(putAll()).toEqual({ accepted: 0, duplicate: MANY, full: 0 })
    deliver(outbox, MANY)
    expect(outbox.queued()).toBe(0)
    // Every other one is remembered, wherever its key is.
    expect(putAll()).toEqual({ accepted: MANY / 2, duplicate: MANY / 2, full: 0 })
    deliver(outbox, MANY / 2)
    outbox = reopened(path, outbox)
    expect(putAll()).toEqual({ accepted: MANY / 2, duplicate: MANY / 2, full: 0 })
    outbox.engine.close()
  })

  it('takes an event again that expired or died, also after its key went into a table', () => {
    const outbox = drive(quick(newPath()))
    const first = outboxItem('first', { rememberUntilMs: NOW_MS + DAY_MS })
    outbox.put(first)
    const [token] = outbox.lease(1).items
    if (token === undefined) throw new Error('none')
    for (let n = 0; n < 40; n++) outbox.put(...manyItems(1_000, `x${n}.`))
    outbox.settle({ kind: 'dead', token, cause: { code: 'meta_100' } })
    expect(outbox.put(first)).toEqual(['accepted'])
    outbox.engine.close()
  })

  it('never gives a row the number of one that is gone', { timeout: 60_000 }, () => {
    const path = newPath()
    let outbox = drive(quick(path))
    for (let n = 0; n < 40; n++) outbox.put(...manyItems(1_000, `x${n}.`))
    deliver(outbox, 40_000)
    outbox = reopened(path, outbox)
    // An event whose key is in a table, and whose row is gone, is none that waits.
    for (let n = 0; n < 40; n++) outbox.put(...manyItems(1_000, `y${n}.`))
    for (let n = 0; n < 40; n++)
      expect(new Set(outbox.put(...manyItems(1_000, `x${n}.`)))).toEqual(new Set(['accepted']))
    outbox.engine.close()
  })

  it('is forgotten a day at a time, whole tables at once', { timeout: 60_000 }, () => {
    const path = newPath()
    const outbox = drive(quick(path))
    for (let day = 1; day <= 3; day++) {
      const rememberUntilMs = NOW_MS + day * DAY_MS
      const expiresAtMs = NOW_MS + 1_000
      for (let n = 0; n < 20; n++)
        outbox.put(
          ...manyItems(1_000, `d${day}.${n}.`).map((one) => {
            return { ...one, rememberUntilMs, expiresAtMs }
          }),
        )
      deliver(outbox, 20_000)
    }
    const one = (day: number) => outboxItem(`d${day}.0.0`)
    const ask = (day: number, ms: number) => outbox.ask('put', [one(day)], later(ms))
    expect(ask(1, DAY_MS - 1)).toEqual(['duplicate'])
    // Exactly then, and not at the end of the day.
    expect(ask(1, DAY_MS)).toEqual(['accepted'])
    outbox.ask('takeExpired', 100, later(2.5 * DAY_MS))
    outbox.keepUp()
    expect(ask(3, 2.5 * DAY_MS)).toEqual(['duplicate'])
    expect(ask(2, 2.5 * DAY_MS)).toEqual(['accepted'])
    outbox.ask('takeExpired', 100, later(5 * DAY_MS))
    outbox.keepUp()
    outbox.engine.close()
    const left = new DatabaseSync(path)
    expect(daysIn(left).filter((day) => (day + 1) * DAY_MS <= NOW_MS + 5 * DAY_MS)).toEqual([])
    left.close()
  })

  it('has few tables, however far ahead it is remembered', () => {
    const path = newPath()
    const outbox = drive(quick(path))
    for (let n = 0; n < 36; n++)
      outbox.put(
        ...manyItems(1_000, `x${n}.`).map((one, i) => {
          return { ...one, rememberUntilMs: NOW_MS + i * DAY_MS }
        }),
      )
    outbox.engine.close()
    const db = new DatabaseSync(path)
    expect(daysIn(db).length).toBeLessThan(60)
    db.close()
  })
})

describe('a drained file', () => {
  it('shrinks, in steps, and not before it is drained', { timeout: 60_000 }, () => {
    const path = newPath()
    const outbox = drive(quick(path))
    for (let n = 0; n < 30; n++) outbox.put(...manyItems(1_000, `x${n}.`, 1_000))
    outbox.ask('takeExpired', 100, TIME)
    outbox.keepUp()
    const full = statSync(path).size
    expect(full).toBeGreaterThan(30e6)
    deliver(outbox, 30_000)
    let steps = 0
    while (outbox.engine.step()) steps++
    expect(steps).toBeGreaterThan(10)
    expect(statSync(path).size).toBeLessThan(full / 3)
    expect(outbox.put(outboxItem('after'))).toEqual(['accepted'])
    expect(outbox.ask('counts')[LANE]?.queued).toBe(1)
    outbox.engine.close()
  })
})
