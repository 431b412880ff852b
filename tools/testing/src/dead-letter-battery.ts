import { describe, expect, it } from 'vitest'
import {
  DAY_MS,
  ids,
  LANE,
  NOW_MS,
  OTHER,
  type OutboxSubject,
  outboxItem,
  outboxWorld,
  REFUSAL,
} from './outbox-subject.ts'

/** What an outbox does with events that Meta refused. */
export function deadLetterBattery(subject: OutboxSubject): void {
  describe(`${subject.name}, with dead letters`, () => {
    const world = outboxWorld(subject)

    it('keeps dead letters, lists them without their bodies, newest first', async () => {
      const outbox = await world.open()
      for (const id of ['a', 'b', 'c']) await world.kill(outbox, outboxItem(id))
      const letters = await outbox.deadLetters.list()
      expect(ids(letters)).toEqual(['c', 'b', 'a'])
      expect(letters[0]).toEqual({
        key: expect.any(String),
        pixelId: LANE,
        event_id: 'c',
        event_name: 'Purchase',
        cause: REFUSAL,
        diedAtMs: NOW_MS,
        expiresAtMs: NOW_MS + 7 * DAY_MS,
      })
      expect(ids(await outbox.deadLetters.list({ limit: 1 }))).toEqual(['c'])
      expect(await outbox.deadLetters.list({ pixelId: OTHER })).toEqual([])
      expect(await outbox.stats()).toEqual({ [LANE]: { queued: 0, dead: 3 } })
    })

    it('replays dead letters with the same bytes, but none too old or tracked again', async () => {
      const outbox = await world.open({ maxEvents: 4 })
      const items = ['good', 'again', 'old'].map((id) => outboxItem(id))
      for (const item of items)
        await world.kill(
          outbox,
          item.event_id === 'old' ? { ...item, expiresAtMs: NOW_MS + 1 } : item,
        )
      await world.put(outbox, outboxItem('again'))
      world.nowMs += 1
      expect(await outbox.deadLetters.replay({}, world.nowMs)).toEqual({
        replayed: { [LANE]: 1 },
        expired: 1,
        duplicate: 1,
        full: 0,
      })
      expect(await outbox.deadLetters.list()).toEqual([])
      const leased = (await world.lease(outbox)).items
      expect(leased.find((item) => item.event_id === 'good')).toMatchObject({
        ...items[0],
        attempts: 0,
      })
    })

    it('replays only the ones chosen, and leaves dead what finds no room', async () => {
      const outbox = await world.open({ maxEvents: 1 })
      for (const id of ['a', 'b']) await world.kill(outbox, outboxItem(id))
      await world.kill(outbox, outboxItem('c', { lane: OTHER }))
      const [letter] = await outbox.deadLetters.list({ pixelId: LANE })
      expect(await outbox.deadLetters.replay({ keys: [letter?.key ?? ''] }, world.nowMs)).toEqual({
        replayed: { [LANE]: 1 },
        expired: 0,
        duplicate: 0,
        full: 0,
      })
      expect(await outbox.deadLetters.replay({ pixelId: LANE }, world.nowMs)).toMatchObject({
        full: 1,
      })
      expect(ids(await outbox.deadLetters.list())).toEqual(['c', 'a'])
    })

    it('purges dead letters: those chosen, then all', async () => {
      const outbox = await world.open()
      for (const id of ['a', 'b', 'c']) await world.kill(outbox, outboxItem(id))
      const [letter] = await outbox.deadLetters.list()
      expect(await outbox.deadLetters.purge({ keys: [letter?.key ?? ''] })).toBe(1)
      expect(await outbox.deadLetters.purge({ pixelId: OTHER })).toBe(0)
      expect(await outbox.deadLetters.purge()).toBe(2)
      expect(await outbox.deadLetters.list()).toEqual([])
    })

    it('gives all of them where nobody sets a bound, with keys that choose those of an event', async () => {
      const outbox = await world.open()
      for (const id of Array.from({ length: 101 }, (_, index) => `a${index}`))
        await world.kill(outbox, outboxItem(id))
      await world.kill(outbox, outboxItem('a1', { lane: OTHER }))
      // What a client does that is asked for the letters of an event.
      const keysOf = async (event_id: string) =>
        (await outbox.deadLetters.list({ limit: 2 ** 31 - 1 }))
          .filter((letter) => letter.event_id === event_id)
          .map(({ key }) => key)
      const keys = await keysOf('a1')
      expect(keys).toHaveLength(2)
      expect(await outbox.deadLetters.purge({ keys, pixelId: OTHER })).toBe(1)
      expect(await outbox.deadLetters.replay({ keys }, world.nowMs)).toMatchObject({
        replayed: { [LANE]: 1 },
      })
      for (const none of [{ keys: [] }, { keys }, { keys: ['no-key'] }, { keys, pixelId: LANE }])
        expect(await outbox.deadLetters.purge(none)).toBe(0)
      expect(await outbox.stats()).toMatchObject({ [LANE]: { queued: 1, dead: 100 } })
      expect(await keysOf('a0')).toHaveLength(1)
    })

    it('forgets dead letters that are too old to be replayed', async () => {
      const outbox = await world.open()
      await world.kill(outbox, outboxItem('a', { expiresAtMs: NOW_MS + 1_000 }))
      await outbox.sweep(NOW_MS + 1_000)
      expect(await outbox.deadLetters.list()).toEqual([])
    })
  })
}
