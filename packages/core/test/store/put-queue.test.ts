import { beforeEach, describe, expect, it } from 'vitest'
import { CapiStoreError } from '../../src/issue/errors.ts'
import { outboxItem } from '../../src/outbox-test.ts'
import { type Call, heldOutbox } from './put-world.ts'

let world: ReturnType<typeof heldOutbox>
beforeEach(() => {
  world = heldOutbox()
  world.queue.open()
})

describe('puts of one moment', () => {
  it('travel together, and each gets its own answer', async () => {
    const { put, putOne, turn, calls, sent } = world
    const answers = [putOne('a'), put(outboxItem('b'), outboxItem('c')), putOne('d')]
    await turn()
    expect(sent()).toEqual([['a', 'b', 'c', 'd']])
    calls[0]?.answer(['accepted', 'duplicate', 'full', 'accepted'])
    expect(await Promise.all(answers)).toEqual([['accepted'], ['duplicate', 'full'], ['accepted']])
  })

  it('share the next call while four are on their way', async () => {
    const { putOne, turn, calls, sent } = world
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
      void putOne(id)
      await turn()
    }
    expect(sent()).toEqual([['a'], ['b'], ['c'], ['d']])
    calls[2]?.answer()
    await turn()
    expect(sent().slice(4)).toEqual([['e', 'f', 'g']])
  })

  it('are at most 500 events or 1 MiB, but a larger one goes alone', async () => {
    const { putOne, turn, calls, sent } = world
    const drain = async () => {
      for (let n = 0; n < calls.length; n++) {
        calls[n]?.answer()
        await turn()
      }
      return sent().map((ids) => ids.length)
    }
    for (let n = 0; n < 1_100; n++) void putOne(`e${n}`)
    await turn()
    expect(await drain()).toEqual([500, 500, 100])
    calls.length = 0
    for (const size of [0.6, 0.3, 0.2, 3, 0.1])
      void putOne(`s${size}`, { body: 'x'.repeat(size * 2 ** 20) })
    await turn()
    expect(await drain()).toEqual([2, 1, 1, 1])
  })

  it('of the same event are one: the second is a duplicate, and is not put', async () => {
    const { putOne, turn, last, sent, ends } = world
    const both = [putOne('a'), putOne('a')]
    await turn()
    expect(sent()).toEqual([['a']])
    last().answer()
    expect(await Promise.all(both)).toEqual([['accepted'], ['duplicate']])
    expect(ends).toEqual(['a accepted'])
  })

  it('of the same event are both lost where the outbox is full', async () => {
    const { putOne, turn, last, ends } = world
    const both = [putOne('a'), putOne('a')]
    await turn()
    last().answer(['full'])
    expect(await Promise.all(both)).toEqual([['full'], ['full']])
    expect(ends).toEqual(['a full'])
  })
})

describe('an event that the outbox cannot take', () => {
  const isBad = ({ ids }: Call) => ids.includes('bad')
  const refusal = new RangeError('a value that no column holds')

  it.each([
    ['refuses', refusal],
    ['finds in another transaction', new CapiStoreError('busy', 'Another one puts it.')],
  ])('that it %s costs the others nothing, and waits longer and longer', async (_what, failure) => {
    const { clock, putOne, turn, calls, sent, ends, queue } = world
    const answers = ['a', 'bad', 'c'].map((id) => putOne(id))
    await turn()
    for (let n = 0; n < 120; n++) {
      for (const call of calls) if (isBad(call)) call.fail(failure)
      if (n < 4) calls[n]?.answer()
      await clock.advance(n < 4 ? 0 : 1_000)
    }
    expect(await Promise.all(answers)).toEqual([['accepted'], ['held'], ['accepted']])
    expect(sent().slice(0, 5)).toEqual([['a', 'bad', 'c'], ['a'], ['bad'], ['c'], ['bad']])
    expect(sent().length).toBeGreaterThan(7)
    expect(sent().length).toBeLessThan(14)
    expect(ends).toEqual(['a accepted', 'c accepted'])
    expect([queue.isAway(), queue.figures().unknown]).toEqual([false, 1])
  })

  it('is taken when it can be, and given up when Meta would not take it any more', async () => {
    const { clock, putOne, calls, ends, queue } = world
    const suspect = async (id: string) => {
      void putOne(id)
      void putOne('good')
      for (let n = 0; n < 6; n++) {
        await clock.advance(0)
        for (const call of calls)
          if (call.ids.includes(id)) call.fail(refusal)
          else call.answer()
      }
    }
    await suspect('late')
    await clock.advance(2_000)
    calls.at(-1)?.answer()
    await clock.advance(0)
    expect(ends).toEqual(['good accepted', 'late accepted'])
    await suspect('bad')
    world.always.error = refusal
    await clock.advance(7.5 * 86_400_000)
    expect(ends.slice(2)).toEqual(['good accepted', 'bad failed'])
    expect(queue.isAway()).toBe(false)
  })

  it('is not given up where the outbox takes no other either', async () => {
    const { clock, putOne, calls, ends } = world
    void putOne('a')
    for (let n = 0; n < 12; n++) {
      await clock.advance(2_000)
      calls[n]?.fail(new Error('disk'))
    }
    expect(ends).toEqual([])
    await clock.advance(2_000)
    calls.at(-1)?.answer()
    await clock.advance(0)
    expect(ends).toEqual(['a accepted'])
  })

  it('does not keep those beside it from being put when the outbox is back', async () => {
    const { clock, leave, putOne, calls, ends } = world
    await leave()
    for (const id of ['bad', 'b', 'c']) void putOne(id)
    for (let n = 2; n < 40; n++) {
      await clock.advance(2_000)
      for (const call of calls.slice(2))
        if (isBad(call)) call.fail(refusal)
        else call.answer()
    }
    expect(ends).toEqual(expect.arrayContaining(['b accepted', 'c accepted']))
    expect(ends.join()).not.toContain('bad')
  })
})
