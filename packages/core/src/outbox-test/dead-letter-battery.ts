import {
  ids,
  inOutboxWorld,
  LANE,
  NOW_MS,
  OTHER,
  type OutboxSubject,
  type OutboxWorld,
  outboxItem,
  REFUSAL,
  sorted,
  type TestRunner,
} from './outbox-subject.ts'

const HASH = 'a1'.repeat(32)
const ELSE = 'b2'.repeat(32)
const bodyOf = (hash: string) => JSON.stringify({ user_data: { em: [hash] } })

/** What an outbox does with events that Meta refused, and with a person who wants to be forgotten. */
export function deadLetterBattery(
  subject: OutboxSubject,
  { describe, it, expect }: TestRunner,
): void {
  const test = (name: string, run: (world: OutboxWorld) => Promise<void>) =>
    it(name, () => inOutboxWorld(subject, run))

  describe(`${subject.name}, with dead letters`, () => {
    test('keeps dead letters with their events, and reads them newest first', async (world) => {
      const outbox = await world.open()
      const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
      for (const id of ['a', 'b']) await world.kill(outbox, outboxItem(id))
      await world.kill(outbox, outboxItem('c', { trace, rememberUntilMs: NOW_MS + 5 }))
      const letters = await outbox.readDead({}, 100)
      expect(ids(letters.map(({ item }) => item))).toEqual(['c', 'b', 'a'])
      expect(typeof letters[0]?.id).toEqual('string')
      expect({ ...letters[0], id: '' }).toEqual({
        id: '',
        item: outboxItem('c', { trace, rememberUntilMs: NOW_MS + 5 }),
        cause: REFUSAL,
        diedAtMs: NOW_MS,
      })
      expect(await outbox.counts()).toEqual({ [LANE]: { queued: 0, dead: 3 } })
    })

    test('reads dead letters of one pixel, some by their ids, and page by page', async (world) => {
      const outbox = await world.open()
      for (const id of ['a', 'b', 'c']) await world.kill(outbox, outboxItem(id))
      await world.kill(outbox, outboxItem('d', { lane: OTHER }))
      const read = async (...how: Parameters<typeof outbox.readDead>) =>
        ids((await outbox.readDead(...how)).map(({ item }) => item))
      expect(await read({ lane: OTHER }, 100)).toEqual(['d'])
      expect(await read({ lane: '3333333333' }, 100)).toEqual([])
      const [d, c] = await outbox.readDead({}, 2)
      if (d === undefined || c === undefined) throw new Error('four were refused')
      expect(await read({ before: d.id }, 2)).toEqual(['c', 'b'])
      expect(await read({ before: c.id, lane: LANE }, 100)).toEqual(['b', 'a'])
      expect(await read({ ids: [c.id, 'unknown'] }, 100)).toEqual(['c'])
      expect(await read({ ids: [c.id], before: c.id }, 100)).toEqual([])
      expect(await read({ ids: [d.id], lane: LANE }, 100)).toEqual([])
    })

    test('removes dead letters for good, and says how many there were', async (world) => {
      const outbox = await world.open()
      for (const id of ['a', 'b', 'c']) await world.kill(outbox, outboxItem(id))
      const letters = (await outbox.readDead({}, 100)).map(({ id }) => id)
      const [newest = ''] = letters
      expect(await outbox.removeDead([newest, 'unknown'])).toEqual(1)
      expect(await outbox.removeDead([])).toEqual(0)
      expect(await outbox.removeDead(letters)).toEqual(2)
      expect(await outbox.readDead({}, 100)).toEqual([])
    })

    test('takes the event of a dead letter again, which stays until it is removed', async (world) => {
      const outbox = await world.open()
      await world.kill(outbox, outboxItem('a', { rememberUntilMs: NOW_MS + 1e6 }))
      const [letter] = await outbox.readDead({}, 100)
      if (letter === undefined) throw new Error('one was refused')
      expect(await world.put(outbox, letter.item)).toEqual(['accepted'])
      expect(await world.put(outbox, letter.item)).toEqual(['duplicate'])
      expect(await outbox.counts()).toEqual({ [LANE]: { queued: 1, dead: 1 } })
      const { items } = await world.lease(outbox)
      expect(items).toMatchObject([{ ...letter.item, attempts: 0 }])
    })

    test('forgets dead letters that are too old to be sent again, and reports none', async (world) => {
      const outbox = await world.open()
      await world.kill(outbox, outboxItem('a', { expiresAtMs: NOW_MS + 1_000 }))
      world.nowMs = NOW_MS + 1_000
      expect(await world.expired(outbox)).toEqual([])
      expect(await outbox.readDead({}, 100)).toEqual([])
    })

    test('removes what waits for a person and that person’s dead letters, and nothing else', async (world) => {
      const outbox = await world.open()
      const event = (id: string, hash: string) => outboxItem(id, { body: bodyOf(hash) })
      await world.kill(outbox, event('dead', HASH))
      await world.kill(outbox, event('dead of another', ELSE))
      await world.put(outbox, event('sent', HASH))
      await world.lease(outbox)
      await world.put(outbox, event('waits', HASH), event('of another', ELSE))
      await world.put(outbox, outboxItem('elsewhere', { lane: OTHER, body: bodyOf(`${HASH}.AQ`) }))
      const removed: unknown[] = []
      const sums = { dead: 0, leased: 0 }
      let after: string | undefined
      do {
        const page = { limit: 2, ...(after !== undefined && { after }) }
        const found = await outbox.removeMatching(['', HASH], page)
        removed.push(...found.removed.map(({ lane, event_id }) => `${lane} ${event_id}`))
        sums.dead += found.dead
        sums.leased += found.leased
        after = found.next
      } while (after !== undefined)
      expect(sorted(removed)).toEqual([`${LANE} waits`, `${OTHER} elsewhere`])
      expect(sums).toEqual({ dead: 1, leased: 1 })
      const letters = await outbox.readDead({}, 100)
      expect(ids(letters.map(({ item }) => item))).toEqual(['dead of another'])
      expect(ids((await world.lease(outbox)).items)).toEqual(['of another'])
      // It is forgotten: the same event is no duplicate.
      expect(await world.put(outbox, event('waits', HASH))).toEqual(['accepted'])
    })
  })
}
