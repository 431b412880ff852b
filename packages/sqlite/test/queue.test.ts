import { DatabaseSync } from 'node:sqlite'
import { outboxItem } from '@capi/core/outbox-test'
import { describe, expect, it } from 'vitest'
import { closeConnection, openConnection } from '../src/file/connection.ts'
import { DUE, LAST_DUE, NEXT_DUE } from '../src/thread/queue.ts'
import { COUNT_QUEUED } from '../src/thread/tally.ts'
import { drive, manyItems, REFUSAL } from './drive.ts'
import { LANE, NOW_MS, outboxOptions, TIME } from './outbox-options.ts'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()

describe('the queue in SQLite', () => {
  it('reads an index and sorts nothing, however many wait', () => {
    const { db } = openConnection(outboxOptions(newPath()))
    for (const [query, how] of [
      [DUE, 'SEARCH outbox USING COVERING INDEX outbox_due (lane=? AND due_tick<?)'],
      [NEXT_DUE, 'SEARCH outbox USING COVERING INDEX outbox_due (lane=? AND due_tick>?)'],
      [LAST_DUE, 'SEARCH outbox USING COVERING INDEX outbox_due (lane=?)'],
      [COUNT_QUEUED, 'SCAN outbox USING COVERING INDEX outbox_due'],
    ] as const) {
      const given = [LANE, 0].slice(0, query.split('?').length - 1)
      const steps = db.prepare(`EXPLAIN QUERY PLAN ${query}`).all(...given)
      expect(steps.map((step) => step['detail'])).toEqual([how])
    }
    closeConnection(db)
  })

  it('gives a damaged row up, tells it once, and hands out the others', () => {
    const path = newPath()
    const outbox = drive(outboxOptions(path))
    outbox.put(...manyItems(3))
    outbox.engine.close()
    const db = new DatabaseSync(path)
    db.exec("UPDATE outbox SET body = replace(body, 'e1', 'E1') WHERE event_id = 'e1'")
    db.close()
    const again = drive(outboxOptions(path))
    expect(again.lease().items.map((item) => item.event_id)).toEqual(['e0', 'e2'])
    const loss = { lane: LANE, reason: 'store_failed', event_id: 'e1' }
    expect(again.losses()).toEqual([loss])
    expect(again.losses()).toEqual([])
    expect(again.queued()).toBe(2)
    again.engine.close()
  })

  it('hands out what was due first, also under a steady stream of new events', () => {
    const outbox = drive(outboxOptions(newPath()))
    outbox.put(outboxItem('failed'))
    const [token] = outbox.lease().items
    if (token === undefined) throw new Error('nothing was leased')
    outbox.settle({ kind: 'retry', token, delayMs: 500, isAttempt: true })
    outbox.put(outboxItem('before'))
    outbox.lease(1, 1_600)
    outbox.put(outboxItem('after'))
    const { items } = outbox.lease(1, 1_600)
    expect(items.map((item) => item.event_id)).toEqual(['failed'])
    outbox.engine.close()
  })

  it('makes what waits for a former process due at once, whatever the clocks of both say', () => {
    const path = newPath()
    const former = drive(outboxOptions(path))
    former.put(...manyItems(2))
    const [token] = former.lease(1, 9e9).items
    if (token === undefined) throw new Error('nothing was leased')
    const retry = { kind: 'retry', token, delayMs: 1e9, isAttempt: true } as const
    former.ask('settle', [retry], { ...TIME, tickMs: 9e9 })
    former.engine.close()
    const next = drive(outboxOptions(path))
    const { items } = next.lease(9, 5)
    expect(items.map((item) => item.event_id)).toEqual(['e1', 'e0'])
    const again = items.map((one) => ({ ...retry, token: one, delayMs: 100 }))
    next.ask('settle', again, { ...TIME, tickMs: 5 })
    expect(next.lease(9, 5)).toEqual({ items: [], nextDueInMs: 100 })
    next.engine.close()
  })

  it('takes no number amiss', () => {
    const outbox = drive(outboxOptions(newPath()))
    const odd = { expiresAtMs: Number.POSITIVE_INFINITY, rememberUntilMs: 1.5 }
    expect(outbox.put(outboxItem('a', odd))).toEqual(['accepted'])
    expect(outbox.lease().items).toMatchObject([{ event_id: 'a', rememberUntilMs: 1 }])
    outbox.engine.close()
  })

  it('takes any text as an event id', () => {
    const outbox = drive(outboxOptions(newPath()))
    expect(outbox.put(outboxItem('a\0b'), outboxItem('a\0c'), outboxItem('\ud800'))).toEqual([
      'accepted',
      'accepted',
      'accepted',
    ])
    expect(outbox.put(outboxItem('a\0b'))).toEqual(['duplicate'])
    expect(outbox.lease().items.map((item) => item.body)).toEqual(
      ['a\0b', 'a\0c', '\ud800'].map((id) => outboxItem(id).body),
    )
    outbox.engine.close()
  })

  it('keeps the newest dead letters', () => {
    const outbox = drive(outboxOptions(newPath(), { maxDeadLetters: 3 }))
    outbox.put(...manyItems(5))
    const { items } = outbox.lease()
    outbox.settle(...items.map((token) => ({ kind: 'dead', token, cause: REFUSAL }) as const))
    const kept = outbox.ask('readDead', {}, 100).map(({ item }) => item.event_id)
    expect(kept).toEqual(['e4', 'e3', 'e2'])
    expect(outbox.ask('counts')).toEqual({ [LANE]: { queued: 0, dead: 3 } })
    outbox.engine.close()
  })

  it('gives up many expired events in bounded steps', () => {
    const outbox = drive(outboxOptions(newPath(), { durability: 'fast' }))
    outbox.put(...manyItems(6_000))
    const later = { ...TIME, nowMs: NOW_MS + 8 * 86_400_000 }
    const take = () => outbox.ask('takeExpired', 5_000, later)
    expect(take()).toMatchObject({ hasMore: true, losses: { length: 5_000 } })
    expect(take()).toEqual({ losses: expect.objectContaining({ length: 1_000 }) })
    expect(outbox.queued()).toBe(0)
    outbox.engine.close()
  })

  it('fails one impossible call alone, and counts as if it had not been', () => {
    const outbox = drive(outboxOptions(newPath()))
    const impossible = { ...outboxItem('bad'), body: 42 as unknown as string }
    const answers = outbox.engine.handle([
      { method: 'put', args: [[outboxItem('a')], TIME] },
      { method: 'put', args: [[outboxItem('b'), impossible], TIME] },
      { method: 'lease', args: [{ lane: LANE, maxEvents: 9, maxBytes: 1e6, leaseMs: 1e3 }, TIME] },
    ])
    expect(answers).toMatchObject([
      { value: ['accepted'] },
      { problem: 'unknown' },
      { value: { items: [{ event_id: 'a' }] } },
    ])
    expect(outbox.queued()).toBe(1)
    expect(outbox.put(outboxItem('b'))).toEqual(['accepted'])
    outbox.engine.close()
  })
})
