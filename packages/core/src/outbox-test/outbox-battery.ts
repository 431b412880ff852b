import type { Outbox } from '../store/outbox-port.ts'
import { deadLetterBattery } from './dead-letter-battery.ts'
import { leaseBattery } from './lease-battery.ts'
import {
  DAY_MS,
  first,
  ids,
  inOutboxWorld,
  LANE,
  NOW_MS,
  OTHER,
  type OutboxSubject,
  type OutboxWorld,
  outboxItem,
  sorted,
  type TestRunner,
} from './outbox-subject.ts'

/**
 * Everything an outbox must do, whatever it is made of, as tests of your runner.
 * @example
 * import { describe, expect, it } from 'vitest'
 *
 * outboxBattery(
 *   { name: 'myOutbox', isDurable: false, open: (bounds) => myOutbox(bounds), reset() {} },
 *   { describe, it, expect },
 * )
 */
export function outboxBattery(subject: OutboxSubject, runner: TestRunner): void {
  const { describe, it, expect } = runner
  const test = (name: string, run: (world: OutboxWorld) => Promise<void>) =>
    it(name, () => inOutboxWorld(subject, run))

  describe(`${subject.name}, as any outbox`, () => {
    const isShared = subject.shared !== undefined
    const countsOf = async (outbox: Outbox, lane = LANE) =>
      (await outbox.counts())[lane] ?? { queued: 0, dead: 0 }

    test('hands out what was put, byte for byte, oldest first, once', async (world) => {
      const outbox = await world.open()
      const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
      const items = ['a', 'b', 'c'].map((id) =>
        outboxItem(id, { body: `{"ü":"${id}\\u0000 😀"}`, ...(id === 'b' && { trace }) }),
      )
      expect(await world.put(outbox, ...items)).toEqual(['accepted', 'accepted', 'accepted'])
      const leased = (await world.lease(outbox)).items
      expect(leased).toMatchObject(items)
      expect(leased.map((item) => item.attempts)).toEqual([0, 0, 0])
      expect(leased.map((item) => item.trace)).toEqual([undefined, trace, undefined])
      expect(await world.lease(outbox)).toMatchObject({ items: [] })
    })

    test('keeps lanes apart', async (world) => {
      const outbox = await world.open()
      await world.put(outbox, outboxItem('a'), outboxItem('a', { lane: OTHER }))
      expect(ids((await world.lease(outbox, { lane: OTHER })).items)).toEqual(['a'])
      expect(await outbox.counts()).toMatchObject({ [LANE]: { queued: 1 }, [OTHER]: { queued: 1 } })
      expect(await world.lease(outbox, { lane: '3333333333' })).toMatchObject({ items: [] })
    })

    test('calls an event that waits or is being sent a duplicate', async (world) => {
      const outbox = await world.open()
      expect(await world.put(outbox, outboxItem('a'), outboxItem('a'))).toEqual([
        'accepted',
        'duplicate',
      ])
      expect(await world.put(outbox, outboxItem('a', { event_name: 'Lead' }))).toEqual(['accepted'])
      await world.lease(outbox)
      expect(await world.put(outbox, outboxItem('a'))).toEqual(['duplicate'])
    })

    test('remembers a delivered event as long as it was asked to', async (world) => {
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
      await world.expired(outbox)
      expect(await world.put(outbox, outboxItem('kept'))).toEqual(['accepted'])
    })

    test('takes an event again that expired or died', async (world) => {
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

    test('says when it is full, takes nothing then, and takes again when there is room', async (world) => {
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

    const onlyOwned = isShared ? undefined : test
    onlyOwned?.('is bounded by size as well', async (world) => {
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

    test('takes expired events out and says which, once, but none that is being sent', async (world) => {
      const outbox = await world.open()
      const expiresAtMs = NOW_MS + 1_000
      await world.put(outbox, outboxItem('sent', { expiresAtMs }))
      const token = first((await world.lease(outbox)).items)
      await world.put(outbox, outboxItem('old', { expiresAtMs }), outboxItem('new'))
      world.nowMs = NOW_MS + 999
      expect(await outbox.takeExpired(100, world.time())).toMatchObject({ losses: [] })
      world.nowMs = NOW_MS + 1_000
      expect(await outbox.takeExpired(100, world.time())).toMatchObject({
        losses: [{ lane: LANE, reason: 'expired', event_id: 'old' }],
      })
      expect(await outbox.takeExpired(100, world.time())).toMatchObject({ losses: [] })
      expect(await world.settle(outbox, { kind: 'delivered', token })).toEqual(['settled'])
      expect(ids((await world.lease(outbox)).items)).toEqual(['new'])
    })

    test('takes many expired events out in steps, and says whether there are more', async (world) => {
      const outbox = await world.open()
      const some = Array.from({ length: 25 }, (_, n) => `e${n}`)
      const expiresAtMs = NOW_MS + 1_000
      await world.put(outbox, ...some.map((id) => outboxItem(id, { expiresAtMs })))
      world.nowMs = expiresAtMs
      const found: unknown[] = []
      for (let hasMore: boolean | undefined = true; hasMore === true; ) {
        const expired = await outbox.takeExpired(10, world.time())
        found.push(...expired.losses.map(({ event_id }) => event_id))
        hasMore = expired.hasMore
      }
      expect(sorted(found)).toEqual(sorted(some))
      expect(await countsOf(outbox)).toEqual({ queued: 0, dead: 0 })
    })

    test('copies nothing of the key into an object prototype', async (world) => {
      const outbox = await world.open()
      const lane = '__proto__'
      expect(
        await world.put(outbox, outboxItem('__proto__', { lane, event_name: 'constructor' })),
      ).toEqual(['accepted'])
      expect(ids((await world.lease(outbox, { lane })).items)).toEqual(['__proto__'])
      expect(({} as Record<string, unknown>)['queued']).toEqual(undefined)
    })

    const onlyShared = isShared ? test : undefined
    onlyShared?.('is one outbox to all who open it', async (world) => {
      const [one, other] = [await world.open(), await world.open()]
      expect(await world.put(one, outboxItem('a'))).toEqual(['accepted'])
      expect(await world.put(other, outboxItem('a'), outboxItem('b'))).toEqual([
        'duplicate',
        'accepted',
      ])
      const mine = (await world.lease(one, { maxEvents: 1 })).items
      expect(await other.recover(world.time())).toEqual({ [LANE]: 2 })
      const theirs = (await world.lease(other)).items
      expect([ids(mine), ids(theirs)]).toEqual([['a'], ['b']])
      for (const token of mine)
        expect(await world.settle(one, { kind: 'delivered', token })).toEqual(['settled'])
      expect(await countsOf(other)).toEqual({ queued: 1, dead: 0 })
    })

    test('closes twice without harm, and after that refuses what is put', async (world) => {
      const outbox = await world.open()
      await outbox.close()
      expect(await outbox.close()).toEqual([])
      const late = await world.put(outbox, outboxItem('late')).catch(() => ['failed'])
      expect(late.map(String).includes('accepted')).toEqual(false)
    })

    test(
      subject.isDurable
        ? 'has everything after closing and opening again'
        : 'says on closing what is lost with it',
      async (world) => {
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
        const late = await world.settle(outbox, { kind: 'delivered', token }).catch(() => [])
        expect(late.map(String).includes('settled')).toEqual(false)
        if (!subject.isDurable) {
          const told = lost.map(({ lane, reason, event_id }) => `${lane} ${reason} ${event_id}`)
          expect(sorted(told)).toEqual(['a', 'b', 'c'].map((id) => `${LANE} closed ${id}`))
          return
        }
        expect(lost).toEqual([])
        const reopened = await world.open()
        expect(await reopened.recover(world.time())).toEqual({ [LANE]: 3 })
        expect(await world.put(reopened, outboxItem('a'), outboxItem('gone'))).toEqual([
          'duplicate',
          'duplicate',
        ])
        const letters = await reopened.readDead({}, 100)
        expect(ids(letters.map(({ item }) => item))).toEqual(['dead'])
        const leased = (await world.lease(reopened)).items
        expect(sorted(ids(leased))).toEqual(isShared ? ['b', 'c'] : ['a', 'b', 'c'])
        const again = leased.find((item) => item.event_id === 'a')
        if (!isShared) expect(again?.attempts).toEqual(1)
      },
    )
  })
  leaseBattery(subject, runner)
  deadLetterBattery(subject, runner)
}
