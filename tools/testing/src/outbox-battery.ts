import { describe, expect, it } from 'vitest'
// @boundaries-ignore types only: see outbox-subject.ts
import type { Outbox } from '../../../packages/core/src/delivery/outbox-port.ts'
import { deadLetterBattery } from './dead-letter-battery.ts'
import {
  DAY_MS,
  first,
  ids,
  LANE,
  NOW_MS,
  OTHER,
  type OutboxSubject,
  outboxItem,
  outboxWorld,
  REFUSAL,
} from './outbox-subject.ts'

/** Everything an outbox must do, whatever it is made of. */
export function outboxBattery(subject: OutboxSubject): void {
  describe(`${subject.name}, as any outbox`, () => {
    const world = outboxWorld(subject)
    const isShared = subject.shared !== undefined
    /** When a shared outbox is to be asked again is its own affair. */
    const nothing = (nextDueInMs?: number) =>
      isShared
        ? expect.objectContaining({ items: [] })
        : { items: [], ...(nextDueInMs !== undefined && { nextDueInMs }) }
    const countsOf = async (outbox: Outbox, lane = LANE) =>
      (await outbox.stats())[lane] ?? { queued: 0, dead: 0 }

    it('hands out what was put, byte for byte, oldest first, once', async () => {
      const outbox = await world.open()
      const items = ['a', 'b', 'c'].map((id) => outboxItem(id, { body: `{"ü":"${id}\\u0000 😀"}` }))
      expect(await world.put(outbox, ...items)).toEqual(['accepted', 'accepted', 'accepted'])
      const leased = (await world.lease(outbox)).items
      expect(leased).toMatchObject(items)
      expect(leased.map((item) => item.attempts)).toEqual([0, 0, 0])
      expect(await world.lease(outbox)).toEqual(nothing())
    })

    it('keeps lanes apart', async () => {
      const outbox = await world.open()
      await world.put(outbox, outboxItem('a'), outboxItem('a', { lane: OTHER }))
      expect(ids((await world.lease(outbox, { lane: OTHER })).items)).toEqual(['a'])
      expect(await outbox.stats()).toMatchObject({ [LANE]: { queued: 1 }, [OTHER]: { queued: 1 } })
      expect(await world.lease(outbox, { lane: '3333333333' })).toEqual(nothing())
    })

    it('hands out no more than asked, but always one', async () => {
      const outbox = await world.open()
      await world.put(
        outbox,
        ...['a', 'b', 'c', 'd'].map((id) => outboxItem(id, { body: 'x'.repeat(10) })),
      )
      const one = await world.lease(outbox, { maxEvents: 1 })
      expect([ids(one.items), one.hasMore]).toEqual([['a'], true])
      const some = await world.lease(outbox, { maxBytes: 25 })
      expect([ids(some.items), some.hasMore]).toEqual([['b', 'c'], true])
      const rest = await world.lease(outbox, { maxBytes: 1 })
      expect([ids(rest.items), rest.hasMore]).toEqual([['d'], undefined])
    })

    it('calls an event that waits or is being sent a duplicate', async () => {
      const outbox = await world.open()
      expect(await world.put(outbox, outboxItem('a'), outboxItem('a'))).toEqual([
        'accepted',
        'duplicate',
      ])
      expect(await world.put(outbox, outboxItem('a', { event_name: 'Lead' }))).toEqual(['accepted'])
      await world.lease(outbox)
      expect(await world.put(outbox, outboxItem('a'))).toEqual(['duplicate'])
    })

    it('remembers a delivered event as long as it was asked to', async () => {
      const outbox = await world.open()
      await world.put(
        outbox,
        outboxItem('kept', { rememberUntilMs: NOW_MS + DAY_MS }),
        outboxItem('not'),
      )
      for (const token of (await world.lease(outbox)).items)
        await world.settle(outbox, { kind: 'delivered', token })
      expect(await world.put(outbox, outboxItem('kept'), outboxItem('not'))).toEqual([
        'duplicate',
        'accepted',
      ])
      world.nowMs += DAY_MS
      await outbox.sweep(world.nowMs)
      expect(await world.put(outbox, outboxItem('kept'))).toEqual(['accepted'])
    })

    it('takes an event again that expired or died', async () => {
      const outbox = await world.open()
      const item = outboxItem('a', { rememberUntilMs: NOW_MS + DAY_MS })
      await world.kill(outbox, item)
      expect(await world.put(outbox, item)).toEqual(['accepted'])
      await world.settle(outbox, {
        kind: 'expired',
        token: first((await world.lease(outbox)).items),
      })
      expect(await world.put(outbox, item)).toEqual(['accepted'])
    })

    it('says when it is full, takes nothing then, and takes again when there is room', async () => {
      const outbox = await world.open({ maxEvents: 2 })
      expect(await world.put(outbox, outboxItem('a'), outboxItem('b'), outboxItem('c'))).toEqual([
        'accepted',
        'accepted',
        'full',
      ])
      await world.settle(outbox, {
        kind: 'delivered',
        token: first((await world.lease(outbox)).items),
      })
      expect(await world.put(outbox, outboxItem('c'), outboxItem('d'))).toEqual([
        'accepted',
        'full',
      ])
    })

    const onlyOwned = isShared ? undefined : it
    onlyOwned?.('is bounded by size as well', async () => {
      const outbox = await world.open({ maxBytes: 100_000 })
      const body = 'x'.repeat(60_000)
      expect(await world.put(outbox, outboxItem('a', { body }), outboxItem('b', { body }))).toEqual(
        ['accepted', 'full'],
      )
      await world.settle(outbox, {
        kind: 'delivered',
        token: first((await world.lease(outbox)).items),
      })
      expect(await world.put(outbox, outboxItem('b', { body }))).toEqual(['accepted'])
    })

    it('hands out again what is to be retried, when it is due, and counts attempts', async () => {
      const outbox = await world.open()
      await world.put(outbox, outboxItem('a'), outboxItem('b'))
      const [a, b] = (await world.lease(outbox)).items
      if (a === undefined || b === undefined) throw new Error('two were put')
      const again = { kind: 'retry', delayMs: 500 } as const
      expect(
        await world.settle(
          outbox,
          { ...again, token: a, isAttempt: true },
          { ...again, token: b, isAttempt: false },
        ),
      ).toEqual(['settled', 'settled'])
      expect(await world.lease(outbox)).toEqual(nothing(500))
      if (!isShared) await world.pass(400)
      expect(await world.lease(outbox)).toEqual(nothing(100))
      await world.pass(isShared ? 1_500 : 100)
      const due = (await world.lease(outbox)).items
      expect(due.map((item) => [item.event_id, item.attempts])).toEqual([
        ['a', 1],
        ['b', 0],
      ])
      expect(due.map((item) => item.body)).toEqual([a.body, b.body])
    })

    it('lets what waits for a retry not hold up the others', async () => {
      const outbox = await world.open()
      await world.put(outbox, outboxItem('a'))
      const token = first((await world.lease(outbox)).items)
      await world.settle(outbox, { kind: 'retry', token, delayMs: 60_000, isAttempt: true })
      await world.put(outbox, outboxItem('b'))
      expect(ids((await world.lease(outbox)).items)).toEqual(['b'])
    })

    it('ignores a settlement of a lease that is no longer in force', async () => {
      let outbox = await world.open()
      await world.put(outbox, outboxItem('a'))
      const stale = first((await world.lease(outbox)).items)
      outbox = await world.crash(outbox)
      expect(await outbox.recover()).toEqual({ [LANE]: 1 })
      expect(await world.settle(outbox, { kind: 'delivered', token: stale })).toEqual(['stale'])
      const fresh = first((await world.lease(outbox)).items)
      expect(fresh.fence).not.toBe(stale.fence)
      expect(await world.settle(outbox, { kind: 'dead', token: stale, cause: REFUSAL })).toEqual([
        'stale',
      ])
      expect(
        await world.settle(outbox, { kind: 'retry', token: stale, delayMs: 0, isAttempt: true }),
      ).toEqual(['stale'])
      expect(await world.settle(outbox, { kind: 'delivered', token: fresh })).toEqual(['settled'])
      expect(await world.settle(outbox, { kind: 'delivered', token: fresh })).toEqual(['unknown'])
      const unknown = { key: 'unknown', fence: 1 }
      expect(await world.settle(outbox, { kind: 'delivered', token: unknown })).toEqual(['unknown'])
      expect(await countsOf(outbox)).toEqual({ queued: 0, dead: 0 })
    })

    it('recovers what was leased, and what only its own process waited with, at once', async () => {
      let outbox = await world.open()
      await world.put(outbox, outboxItem('a'), outboxItem('b'))
      const token = first((await world.lease(outbox, { maxEvents: 1 })).items)
      await world.settle(outbox, { kind: 'retry', token, delayMs: 60_000, isAttempt: true })
      await world.lease(outbox)
      outbox = await world.crash(outbox)
      expect(await outbox.recover()).toEqual({ [LANE]: 2 })
      const due = isShared ? ['b'] : ['a', 'b']
      expect(ids((await world.lease(outbox)).items).sort()).toEqual(due)
    })

    it('sweeps expired events out and says which, once, but none that is being sent', async () => {
      const outbox = await world.open()
      const expiresAtMs = NOW_MS + 1_000
      await world.put(outbox, outboxItem('sent', { expiresAtMs }))
      const token = first((await world.lease(outbox)).items)
      await world.put(outbox, outboxItem('old', { expiresAtMs }), outboxItem('new'))
      expect(await outbox.sweep(world.nowMs + 999)).toEqual([])
      expect(await outbox.sweep(world.nowMs + 1_000)).toEqual([
        { lane: LANE, reason: 'expired', count: 1, event_ids: ['old'] },
      ])
      expect(await outbox.sweep(world.nowMs + 1_000)).toEqual([])
      expect(await world.settle(outbox, { kind: 'delivered', token })).toEqual(['settled'])
      expect(ids((await world.lease(outbox)).items)).toEqual(['new'])
    })

    it('copies nothing of the key into an object prototype', async () => {
      const outbox = await world.open()
      const lane = '__proto__'
      expect(
        await world.put(outbox, outboxItem('__proto__', { lane, event_name: 'constructor' })),
      ).toEqual(['accepted'])
      expect(ids((await world.lease(outbox, { lane })).items)).toEqual(['__proto__'])
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
      const outbox = await world.open()
      await outbox.close()
      expect(await outbox.close()).toEqual([])
      const late = await world.put(outbox, outboxItem('late')).catch(() => ['failed'])
      expect(late).not.toContain('accepted')
    })

    it(
      subject.isDurable
        ? 'has everything after closing and opening again'
        : 'says on closing what is lost with it',
      async () => {
        const outbox = await world.open()
        await world.kill(outbox, outboxItem('dead'))
        await world.put(outbox, outboxItem('gone', { rememberUntilMs: NOW_MS + DAY_MS }))
        await world.settle(outbox, {
          kind: 'delivered',
          token: first((await world.lease(outbox)).items),
        })
        await world.put(outbox, outboxItem('a'), outboxItem('b'), outboxItem('c'))
        const token = first((await world.lease(outbox, { maxEvents: 1 })).items)
        await world.settle(outbox, { kind: 'retry', token, delayMs: 60_000, isAttempt: true })
        await world.lease(outbox, { maxEvents: 1 })
        const lost = await outbox.close()
        expect(
          await world.settle(outbox, { kind: 'delivered', token }).catch(() => []),
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
