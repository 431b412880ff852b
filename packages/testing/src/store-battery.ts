import { describe, expect, it } from 'vitest'
// @boundaries-ignore types only: see store-subject.ts
import type { OutboxStore } from '../../core/src/delivery/outbox-store.ts'
import { deadLetterBattery } from './dead-letter-battery.ts'
import {
  DAY_MS,
  first,
  ids,
  LANE,
  NOW_MS,
  OTHER,
  outboxItem,
  REFUSAL,
  type StoreSubject,
  storeWorld,
} from './store-subject.ts'

/** Everything an outbox must do, whatever it is made of. */
export function storeBattery(subject: StoreSubject): void {
  describe(`${subject.name}, as any outbox`, () => {
    const world = storeWorld(subject)
    const isShared = subject.shared !== undefined
    /** When a shared store is to be asked again is its own affair. */
    const nothing = (nextDueInMs?: number) =>
      isShared
        ? expect.objectContaining({ items: [] })
        : { items: [], ...(nextDueInMs !== undefined && { nextDueInMs }) }
    const countsOf = async (store: OutboxStore, lane = LANE) =>
      (await store.stats())[lane] ?? { queued: 0, dead: 0 }

    it('hands out what was put, byte for byte, oldest first, once', async () => {
      const store = await world.open()
      const items = ['a', 'b', 'c'].map((id) => outboxItem(id, { body: `{"ü":"${id}\\u0000 😀"}` }))
      expect(await world.put(store, ...items)).toEqual(['accepted', 'accepted', 'accepted'])
      const leased = (await world.lease(store)).items
      expect(leased).toMatchObject(items)
      expect(leased.map((item) => item.attempts)).toEqual([0, 0, 0])
      expect(await world.lease(store)).toEqual(nothing())
    })

    it('keeps lanes apart', async () => {
      const store = await world.open()
      await world.put(store, outboxItem('a'), outboxItem('a', { lane: OTHER }))
      expect(ids((await world.lease(store, { lane: OTHER })).items)).toEqual(['a'])
      expect(await store.stats()).toMatchObject({ [LANE]: { queued: 1 }, [OTHER]: { queued: 1 } })
      expect(await world.lease(store, { lane: '3333333333' })).toEqual(nothing())
    })

    it('hands out no more than asked, but always one', async () => {
      const store = await world.open()
      await world.put(
        store,
        ...['a', 'b', 'c', 'd'].map((id) => outboxItem(id, { body: 'x'.repeat(10) })),
      )
      const one = await world.lease(store, { maxEvents: 1 })
      expect([ids(one.items), one.hasMore]).toEqual([['a'], true])
      const some = await world.lease(store, { maxBytes: 25 })
      expect([ids(some.items), some.hasMore]).toEqual([['b', 'c'], true])
      const rest = await world.lease(store, { maxBytes: 1 })
      expect([ids(rest.items), rest.hasMore]).toEqual([['d'], undefined])
    })

    it('calls an event that waits or is being sent a duplicate', async () => {
      const store = await world.open()
      expect(await world.put(store, outboxItem('a'), outboxItem('a'))).toEqual([
        'accepted',
        'duplicate',
      ])
      expect(await world.put(store, outboxItem('a', { event_name: 'Lead' }))).toEqual(['accepted'])
      await world.lease(store)
      expect(await world.put(store, outboxItem('a'))).toEqual(['duplicate'])
    })

    it('remembers a delivered event as long as it was asked to', async () => {
      const store = await world.open()
      await world.put(
        store,
        outboxItem('kept', { rememberUntilMs: NOW_MS + DAY_MS }),
        outboxItem('not'),
      )
      for (const token of (await world.lease(store)).items)
        await world.settle(store, { kind: 'delivered', token })
      expect(await world.put(store, outboxItem('kept'), outboxItem('not'))).toEqual([
        'duplicate',
        'accepted',
      ])
      world.nowMs += DAY_MS
      await store.sweep(world.nowMs)
      expect(await world.put(store, outboxItem('kept'))).toEqual(['accepted'])
    })

    it('takes an event again that expired or died', async () => {
      const store = await world.open()
      const item = outboxItem('a', { rememberUntilMs: NOW_MS + DAY_MS })
      await world.kill(store, item)
      expect(await world.put(store, item)).toEqual(['accepted'])
      await world.settle(store, { kind: 'expired', token: first((await world.lease(store)).items) })
      expect(await world.put(store, item)).toEqual(['accepted'])
    })

    it('says when it is full, takes nothing then, and takes again when there is room', async () => {
      const store = await world.open({ maxEvents: 2 })
      expect(await world.put(store, outboxItem('a'), outboxItem('b'), outboxItem('c'))).toEqual([
        'accepted',
        'accepted',
        'full',
      ])
      await world.settle(store, {
        kind: 'delivered',
        token: first((await world.lease(store)).items),
      })
      expect(await world.put(store, outboxItem('c'), outboxItem('d'))).toEqual(['accepted', 'full'])
    })

    const onlyOwned = isShared ? undefined : it
    onlyOwned?.('is bounded by size as well', async () => {
      const store = await world.open({ maxBytes: 100_000 })
      const body = 'x'.repeat(60_000)
      expect(await world.put(store, outboxItem('a', { body }), outboxItem('b', { body }))).toEqual([
        'accepted',
        'full',
      ])
      await world.settle(store, {
        kind: 'delivered',
        token: first((await world.lease(store)).items),
      })
      expect(await world.put(store, outboxItem('b', { body }))).toEqual(['accepted'])
    })

    it('hands out again what is to be retried, when it is due, and counts attempts', async () => {
      const store = await world.open()
      await world.put(store, outboxItem('a'), outboxItem('b'))
      const [a, b] = (await world.lease(store)).items
      if (a === undefined || b === undefined) throw new Error('two were put')
      const again = { kind: 'retry', delayMs: 500 } as const
      expect(
        await world.settle(
          store,
          { ...again, token: a, isAttempt: true },
          { ...again, token: b, isAttempt: false },
        ),
      ).toEqual(['settled', 'settled'])
      expect(await world.lease(store)).toEqual(nothing(500))
      if (!isShared) await world.pass(400)
      expect(await world.lease(store)).toEqual(nothing(100))
      await world.pass(isShared ? 1_500 : 100)
      const due = (await world.lease(store)).items
      expect(due.map((item) => [item.event_id, item.attempts])).toEqual([
        ['a', 1],
        ['b', 0],
      ])
      expect(due.map((item) => item.body)).toEqual([a.body, b.body])
    })

    it('lets what waits for a retry not hold up the others', async () => {
      const store = await world.open()
      await world.put(store, outboxItem('a'))
      const token = first((await world.lease(store)).items)
      await world.settle(store, { kind: 'retry', token, delayMs: 60_000, isAttempt: true })
      await world.put(store, outboxItem('b'))
      expect(ids((await world.lease(store)).items)).toEqual(['b'])
    })

    it('ignores a settlement of a lease that is no longer in force', async () => {
      let store = await world.open()
      await world.put(store, outboxItem('a'))
      const stale = first((await world.lease(store)).items)
      store = await world.crash(store)
      expect(await store.recover()).toEqual({ [LANE]: 1 })
      expect(await world.settle(store, { kind: 'delivered', token: stale })).toEqual(['stale'])
      const fresh = first((await world.lease(store)).items)
      expect(fresh.fence).not.toBe(stale.fence)
      expect(await world.settle(store, { kind: 'dead', token: stale, cause: REFUSAL })).toEqual([
        'stale',
      ])
      expect(
        await world.settle(store, { kind: 'retry', token: stale, delayMs: 0, isAttempt: true }),
      ).toEqual(['stale'])
      expect(await world.settle(store, { kind: 'delivered', token: fresh })).toEqual(['settled'])
      expect(await world.settle(store, { kind: 'delivered', token: fresh })).toEqual(['unknown'])
      const unknown = { key: 'unknown', fence: 1 }
      expect(await world.settle(store, { kind: 'delivered', token: unknown })).toEqual(['unknown'])
      expect(await countsOf(store)).toEqual({ queued: 0, dead: 0 })
    })

    it('recovers what was leased, and what only its own process waited with, at once', async () => {
      let store = await world.open()
      await world.put(store, outboxItem('a'), outboxItem('b'))
      const token = first((await world.lease(store, { maxEvents: 1 })).items)
      await world.settle(store, { kind: 'retry', token, delayMs: 60_000, isAttempt: true })
      await world.lease(store)
      store = await world.crash(store)
      expect(await store.recover()).toEqual({ [LANE]: 2 })
      const due = isShared ? ['b'] : ['a', 'b']
      expect(ids((await world.lease(store)).items).sort()).toEqual(due)
    })

    it('sweeps expired events out and says which, once, but none that is being sent', async () => {
      const store = await world.open()
      const expiresAtMs = NOW_MS + 1_000
      await world.put(store, outboxItem('sent', { expiresAtMs }))
      const token = first((await world.lease(store)).items)
      await world.put(store, outboxItem('old', { expiresAtMs }), outboxItem('new'))
      expect(await store.sweep(world.nowMs + 999)).toEqual([])
      expect(await store.sweep(world.nowMs + 1_000)).toEqual([
        { lane: LANE, reason: 'expired', count: 1, event_ids: ['old'] },
      ])
      expect(await store.sweep(world.nowMs + 1_000)).toEqual([])
      expect(await world.settle(store, { kind: 'delivered', token })).toEqual(['settled'])
      expect(ids((await world.lease(store)).items)).toEqual(['new'])
    })

    it('copies nothing of the key into an object prototype', async () => {
      const store = await world.open()
      const lane = '__proto__'
      expect(
        await world.put(store, outboxItem('__proto__', { lane, event_name: 'constructor' })),
      ).toEqual(['accepted'])
      expect(ids((await world.lease(store, { lane })).items)).toEqual(['__proto__'])
      expect(({} as Record<string, unknown>)['queued']).toBeUndefined()
    })

    const onlyShared = isShared ? it : undefined
    onlyShared?.('is one outbox to all who open it', async () => {
      const [one, other] = [await world.open(), await world.open()]
      expect(await world.put(one, outboxItem('a'))).toEqual(['accepted'])
      expect(await world.put(other, outboxItem('a'), outboxItem('b'))).toEqual([
        'duplicate',
        'accepted',
      ])
      const mine = (await world.lease(one, { maxEvents: 1 })).items
      expect(await other.recover()).toEqual({ [LANE]: 2 })
      const theirs = (await world.lease(other)).items
      expect([ids(mine), ids(theirs)]).toEqual([['a'], ['b']])
      for (const token of mine)
        expect(await world.settle(one, { kind: 'delivered', token })).toEqual(['settled'])
      expect(await countsOf(other)).toEqual({ queued: 1, dead: 0 })
    })

    it('closes twice without harm, and after that refuses what is put', async () => {
      const store = await world.open()
      await store.close()
      expect(await store.close()).toEqual([])
      const late = await world.put(store, outboxItem('late')).catch(() => ['failed'])
      expect(late).not.toContain('accepted')
    })

    it(
      subject.isDurable
        ? 'has everything after closing and opening again'
        : 'says on closing what is lost with it',
      async () => {
        const store = await world.open()
        await world.kill(store, outboxItem('dead'))
        await world.put(store, outboxItem('gone', { rememberUntilMs: NOW_MS + DAY_MS }))
        await world.settle(store, {
          kind: 'delivered',
          token: first((await world.lease(store)).items),
        })
        await world.put(store, outboxItem('a'), outboxItem('b'), outboxItem('c'))
        const token = first((await world.lease(store, { maxEvents: 1 })).items)
        await world.settle(store, { kind: 'retry', token, delayMs: 60_000, isAttempt: true })
        await world.lease(store, { maxEvents: 1 })
        const lost = await store.close()
        expect(
          await world.settle(store, { kind: 'delivered', token }).catch(() => []),
        ).not.toContain('settled')
        if (!subject.isDurable) {
          expect(lost).toMatchObject([{ lane: LANE, reason: 'closed', count: 3 }])
          expect([...(lost[0]?.event_ids ?? [])].sort()).toEqual(['a', 'b', 'c'])
          return
        }
        expect(lost).toEqual([])
        const reopened = await world.open()
        expect(await reopened.recover()).toEqual({ [LANE]: 3 })
        expect(await world.put(reopened, outboxItem('a'), outboxItem('gone'))).toEqual([
          'duplicate',
          'duplicate',
        ])
        expect(ids(await reopened.deadLetters.list())).toEqual(['dead'])
        const leased = (await world.lease(reopened)).items
        expect(ids(leased).sort()).toEqual(isShared ? ['b', 'c'] : ['a', 'b', 'c'])
        if (!isShared) expect(leased.find((item) => item.event_id === 'a')?.attempts).toBe(1)
      },
    )
  })
  deadLetterBattery(subject)
}
