import type { Outbox } from '../store/outbox-port.ts'
import {
  first,
  ids,
  inOutboxWorld,
  LANE,
  LEASE_MS,
  OTHER,
  type OutboxSubject,
  type OutboxWorld,
  outboxItem,
  REFUSAL,
  sorted,
  type TestRunner,
} from './outbox-subject.ts'

/** What an outbox hands out, to whom, and for how long. */
export function leaseBattery(subject: OutboxSubject, { describe, it, expect }: TestRunner): void {
  const test = (name: string, run: (world: OutboxWorld) => Promise<void>) =>
    it(name, () => inOutboxWorld(subject, run))

  describe(`${subject.name}, with leases`, () => {
    const isShared = subject.shared !== undefined
    /** When a shared outbox is to be asked again is its own affair. */
    const dueIn = (ms: number) => ({ items: [], ...(!isShared && { nextDueInMs: ms }) })
    const countsOf = async (outbox: Outbox, lane = LANE) =>
      (await outbox.counts())[lane] ?? { queued: 0, dead: 0 }

    test('hands out no more than asked, but always one', async (world) => {
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

    test('hands out again what is to be retried, when it is due, and counts attempts', async (world) => {
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
      expect(await world.lease(outbox)).toMatchObject(dueIn(500))
      if (!isShared) await world.pass(400)
      expect(await world.lease(outbox)).toMatchObject(dueIn(100))
      await world.pass(isShared ? 1_500 : 100)
      const due = (await world.lease(outbox)).items
      expect(due.map((item) => [item.event_id, item.attempts])).toEqual([
        ['a', 1],
        ['b', 0],
      ])
      expect(due.map((item) => item.body)).toEqual([a.body, b.body])
    })

    test('lets what waits for a retry not hold up the others', async (world) => {
      const outbox = await world.open()
      await world.put(outbox, outboxItem('a'))
      const token = first((await world.lease(outbox)).items)
      await world.settle(outbox, { kind: 'retry', token, delayMs: 60_000, isAttempt: true })
      await world.put(outbox, outboxItem('b'))
      expect(ids((await world.lease(outbox)).items)).toEqual(['b'])
    })

    const onlyPort = isShared && subject.shared?.hasOwnLeases ? undefined : test
    onlyPort?.('hands out again what was not settled when its lease ran out', async (world) => {
      const outbox = await world.open()
      await world.put(outbox, outboxItem('a'))
      const stale = first((await world.lease(outbox)).items)
      expect(await world.lease(outbox)).toMatchObject(dueIn(LEASE_MS))
      await world.pass(LEASE_MS - 1_000)
      expect(ids((await world.lease(outbox)).items)).toEqual([])
      await world.pass(1_000)
      const fresh = first((await world.lease(outbox)).items)
      expect(fresh).toMatchObject({ event_id: 'a', attempts: 0, body: stale.body })
      expect(await world.settle(outbox, { kind: 'delivered', token: stale })).toEqual(['stale'])
      expect(await world.settle(outbox, { kind: 'delivered', token: fresh })).toEqual(['settled'])
    })

    onlyPort?.(
      'takes a settlement after the lease ran out, if no other call got the item',
      async (world) => {
        const outbox = await world.open()
        await world.put(outbox, outboxItem('a'))
        const token = first((await world.lease(outbox)).items)
        await world.pass(2 * LEASE_MS)
        expect(await world.settle(outbox, { kind: 'delivered', token })).toEqual(['settled'])
        expect(await countsOf(outbox)).toEqual({ queued: 0, dead: 0 })
      },
    )

    onlyPort?.(
      'keeps what is renewed, also when its lease had run out, and none that is stale',
      async (world) => {
        const outbox = await world.open()
        await world.put(outbox, outboxItem('a'))
        const token = first((await world.lease(outbox)).items)
        await world.pass(LEASE_MS / 2)
        await outbox.renew([token, { id: 'unknown', fence: 1 }], LEASE_MS, world.time())
        await world.pass(LEASE_MS - 1_000)
        expect(ids((await world.lease(outbox)).items)).toEqual([])
        await world.pass(LEASE_MS)
        await outbox.renew([token], LEASE_MS, world.time())
        expect(ids((await world.lease(outbox)).items)).toEqual([])
        await world.pass(LEASE_MS)
        const fresh = first((await world.lease(outbox)).items)
        await outbox.renew([token], 10 * LEASE_MS, world.time())
        await world.pass(LEASE_MS)
        expect(ids((await world.lease(outbox)).items)).toEqual(['a'])
        expect(await world.settle(outbox, { kind: 'delivered', token: fresh })).toEqual(['stale'])
      },
    )

    test('names the lanes that have something due', async (world) => {
      const outbox = await world.open()
      expect(await outbox.dueLanes(world.time())).toEqual([])
      await world.put(outbox, outboxItem('a'), outboxItem('b', { lane: OTHER }))
      const due = async () => sorted(await outbox.dueLanes(world.time()))
      if (!isShared) expect(await due()).toEqual([LANE, OTHER])
      const token = first((await world.lease(outbox)).items)
      await world.settle(outbox, { kind: 'retry', token, delayMs: 1_000, isAttempt: true })
      for (const one of (await world.lease(outbox, { lane: OTHER })).items)
        await world.settle(outbox, { kind: 'delivered', token: one })
      if (!isShared) expect(await due()).toEqual([])
      await world.pass(2_500)
      expect(await due()).toEqual([LANE])
    })

    test('ignores a settlement of a lease that is no longer in force', async (world) => {
      let outbox = await world.open()
      await world.put(outbox, outboxItem('a'))
      const stale = first((await world.lease(outbox)).items)
      outbox = await world.crash(outbox)
      expect(await outbox.recover(world.time())).toEqual({ [LANE]: 1 })
      expect(await world.settle(outbox, { kind: 'delivered', token: stale })).toEqual(['stale'])
      const fresh = first((await world.lease(outbox)).items)
      expect(fresh.fence === stale.fence).toEqual(false)
      expect(await world.settle(outbox, { kind: 'dead', token: stale, cause: REFUSAL })).toEqual([
        'stale',
      ])
      expect(
        await world.settle(outbox, { kind: 'retry', token: stale, delayMs: 0, isAttempt: true }),
      ).toEqual(['stale'])
      expect(await world.settle(outbox, { kind: 'delivered', token: fresh })).toEqual(['settled'])
      expect(await world.settle(outbox, { kind: 'delivered', token: fresh })).toEqual(['unknown'])
      const unknown = { id: 'unknown', fence: 1 }
      expect(await world.settle(outbox, { kind: 'delivered', token: unknown })).toEqual(['unknown'])
      expect(await countsOf(outbox)).toEqual({ queued: 0, dead: 0 })
    })

    test('recovers what was leased, and what only its own process waited with, at once', async (world) => {
      let outbox = await world.open()
      await world.put(outbox, outboxItem('a'), outboxItem('b'))
      const token = first((await world.lease(outbox, { maxEvents: 1 })).items)
      await world.settle(outbox, { kind: 'retry', token, delayMs: 60_000, isAttempt: true })
      await world.lease(outbox)
      outbox = await world.crash(outbox)
      expect(await outbox.recover(world.time())).toEqual({ [LANE]: 2 })
      const due = isShared ? ['b'] : ['a', 'b']
      expect(sorted(ids((await world.lease(outbox)).items))).toEqual(due)
    })
  })
}
