import { beforeEach, describe, expect, it } from 'vitest'
import { outboxItem } from '../../src/outbox-test.ts'
import { down, heldOutbox, TIMEOUT_MS } from './put-world.ts'

let world: ReturnType<typeof heldOutbox>
beforeEach(() => {
  world = heldOutbox()
  world.queue.open()
})

describe('an outbox that does not answer', () => {
  it('keeps no caller for longer than the time-out, and after two time-outs none at all', async () => {
    const { clock, putOne, queue } = world
    const answers: unknown[] = []
    for (const id of ['a', 'b']) {
      const since = clock.tick()
      void putOne(id).then((answer) => answers.push([...answer, clock.tick() - since]))
      await clock.advance(TIMEOUT_MS)
    }
    expect(answers).toEqual([
      ['held', TIMEOUT_MS],
      ['held', TIMEOUT_MS],
    ])
    expect(await putOne('c')).toEqual(['held'])
    expect(queue.figures()).toEqual({ total: 3, held: 1, unknown: 2 })
  })

  it('is believed when it answers late: the event is not put again', async () => {
    const { clock, putOne, calls, ends, queue, sent } = world
    void putOne('a')
    await clock.advance(TIMEOUT_MS)
    calls[0]?.answer()
    await clock.advance(10_000)
    expect(ends).toEqual(['a accepted'])
    expect(sent()).toEqual([['a']])
    expect([queue.isAway(), queue.figures().total]).toEqual([false, 0])
  })

  it('is asked with ten events at a time, less and less often, and gets all when it answers', async () => {
    const { clock, putOne, calls, ends } = world
    for (let n = 0; n < 40; n++) void putOne(`e${n}`)
    await clock.advance(10 * 60_000)
    const sizes = calls.slice(2).map(({ ids }) => ids.length)
    expect(Math.max(...sizes)).toBe(10)
    expect(sizes.length).toBeLessThan(100)
    calls.at(-1)?.answer()
    for (let n = 0; n < 5; n++) {
      await clock.advance(0)
      calls.at(-1)?.answer()
    }
    expect(new Set(ends).size).toBe(40)
  })

  it('takes over what hung when a later call is answered', async () => {
    const { clock, putOne, calls, ends } = world
    void putOne('a')
    await clock.advance(TIMEOUT_MS)
    void putOne('b')
    await clock.advance(0)
    calls[1]?.answer()
    await clock.advance(0)
    expect(calls[2]?.ids).toEqual(['a'])
    calls[2]?.answer(['duplicate'])
    await clock.advance(0)
    expect(ends).toEqual(['b accepted', 'a accepted'])
    expect(world.repeats).toEqual([outboxItem('a').key])
    // The first call, that nobody waits for any more, took effect at last.
    calls[0]?.answer(['accepted'])
    await clock.advance(0)
    expect(world.strays).toEqual(['a'])
    expect(ends).toHaveLength(2)
  })
})

describe('an outbox that rejects', () => {
  it('gets each event again when it is back, once, and callers do not wait meanwhile', async () => {
    const { clock, leave, putOne, last, sent, ends } = world
    await leave()
    expect(await putOne('b')).toEqual(['held'])
    await clock.advance(200)
    expect(sent().at(-1)).toEqual(['first', 'b'])
    last().answer()
    await clock.advance(0)
    expect(ends).toEqual(['first accepted', 'b accepted'])
    const after = putOne('c')
    await clock.advance(0)
    last().answer()
    expect(await after).toEqual(['accepted'])
  })

  it('answers its caller from a second try where only one went wrong', async () => {
    const { clock, putOne, last } = world
    const answer = putOne('a')
    await clock.advance(0)
    last().fail(down())
    await clock.advance(0)
    last().answer()
    expect(await answer).toEqual(['accepted'])
  })

  it('is looked at where there is nothing to put', async () => {
    const { clock, leave, last, looks, queue } = world
    await leave()
    await clock.advance(200)
    last().answer()
    await clock.advance(0)
    queue.onTrouble(down())
    queue.onTrouble(down())
    expect(queue.cause()).toEqual({ code: 'store_unavailable' })
    await clock.advance(200)
    looks[0]?.(false)
    await clock.advance(400)
    expect(queue.isAway()).toBe(true)
    looks[1]?.(true)
    await clock.advance(0)
    expect(queue.isAway()).toBe(false)
  })
})

describe('an event that comes again just before the outbox is away', () => {
  it('is a duplicate when that is over, however many others were put first', async () => {
    world = heldOutbox({ maxEvents: 1e4, maxBytes: 1e9 })
    world.queue.open()
    const { clock, putOne, last, turn, ends, calls } = world
    const again = { rememberUntilMs: 1e15 }
    for (const isAnswered of [true, false]) {
      void putOne('a', again)
      await turn()
      if (isAnswered) last().answer()
      else last().fail(down())
      await turn()
    }
    last().fail(down())
    await turn()
    for (let n = 0; n < 3_000; n++) void putOne(`other.${n}`, again)
    // Its turn is after theirs from now on.
    await clock.advance(200)
    last().fail(down())
    await clock.advance(400)
    const before = calls.length
    last().answer()
    for (let n = before; n < before + 20; n++) {
      await turn()
      calls[n]?.answer(calls[n]?.ids.map((id) => (id === 'a' ? 'duplicate' : 'accepted')))
    }
    await turn()
    expect(ends).toHaveLength(3_002)
    expect(ends.filter((end) => end.startsWith('a '))).toEqual(['a accepted', 'a duplicate'])
  })
})

describe('what is held', () => {
  it('is bounded by number and size; what does not fit fails at once, with the cause', async () => {
    world = heldOutbox({ maxEvents: 3, maxBytes: 1_000 })
    world.queue.open()
    const { leave, putOne, ends, queue } = world
    await leave()
    expect(await putOne('b', { body: 'x'.repeat(1_000) })).toEqual(['failed'])
    expect(await putOne('c')).toEqual(['held'])
    expect(await putOne('d')).toEqual(['held'])
    expect(await queue.put([outboxItem('e')])).toEqual([
      { result: 'failed', cause: { code: 'store_unavailable' } },
    ])
    expect(ends).toEqual(['b failed', 'e failed'])
  })

  it.each([0, 10])(
    'is at most %i of those that no call was answered for, also before the first time-out',
    async (maxEvents) => {
      world = heldOutbox({ maxEvents, maxBytes: 1e9 })
      world.queue.open()
      const { clock, putOne, queue, ends, givenUp, calls } = world
      const answers = Promise.all(Array.from({ length: 3_000 }, (_one, n) => putOne(`e${n}`)))
      await clock.advance(TIMEOUT_MS)
      const results = (await answers).flat()
      expect(results.filter((result) => result === 'held')).toHaveLength(maxEvents)
      expect(results.filter((result) => result === 'failed')).toHaveLength(3_000 - maxEvents)
      expect([queue.figures().total, ends.length]).toEqual([maxEvents, 3_000 - maxEvents])
      // What is in a call may come into the outbox after it was reported as dropped.
      const inCalls = calls.slice(0, 4).flatMap(({ ids }) => ids)
      expect(givenUp).toHaveLength(inCalls.length - maxEvents)
    },
  )

  it('is bounded by its size before the first time-out too', async () => {
    const { body } = outboxItem('a')
    world = heldOutbox({ maxEvents: 100, maxBytes: 2 * body.length })
    world.queue.open()
    const answers = Promise.all(['a', 'b', 'c'].map((id) => world.putOne(id)))
    await world.clock.advance(TIMEOUT_MS)
    expect((await answers).flat()).toEqual(['held', 'held', 'failed'])
  })

  it('costs no event of an outbox that is slow and answers', async () => {
    world = heldOutbox({ maxEvents: 0, maxBytes: 0 })
    world.queue.open()
    const { clock, putOne, calls } = world
    const answers = Promise.all(Array.from({ length: 9_000 }, (_one, n) => putOne(`e${n}`)))
    for (let n = 0; n < 18; n++) {
      await clock.advance(TIMEOUT_MS / 20)
      calls[n]?.answer()
    }
    await clock.advance(0)
    expect(new Set((await answers).flat())).toEqual(new Set(['accepted']))
  })

  it('is a duplicate when it is put again', async () => {
    const { leave, putOne } = world
    await leave()
    expect(await putOne('b')).toEqual(['held'])
    expect(await putOne('b')).toEqual(['duplicate'])
    expect(await putOne('first')).toEqual(['duplicate'])
  })

  it('waits for an outbox that has not said what it holds', async () => {
    world = heldOutbox()
    const { clock, putOne, queue, last, sent, ends } = world
    const answer = putOne('a')
    await clock.advance(500)
    expect(sent()).toEqual([])
    queue.open()
    await clock.advance(0)
    last().answer()
    expect(await answer).toEqual(['accepted'])
    expect(ends).toEqual(['a accepted'])
  })

  it('goes in when asked to, without waiting for the next try', async () => {
    const { clock, leave, putOne, queue, last, ends } = world
    await leave()
    void putOne('b')
    const flushed = queue.flush()
    await clock.advance(0)
    last().answer()
    await flushed
    expect(ends).toEqual(['first accepted', 'b accepted'])
  })

  it('is given up in the end, and nothing is put after that', async () => {
    const { clock, leave, putOne, queue, sent, ends } = world
    await leave()
    void putOne('b')
    queue.stop()
    queue.close()
    expect(ends).toEqual(['first failed', 'b failed'])
    expect(await putOne('c')).toEqual(['failed'])
    const before = sent().length
    await clock.advance(60_000)
    expect(sent()).toHaveLength(before)
  })

  it('can be erased, unless it may be in the outbox', async () => {
    const { leave, putOne, queue, ends } = world
    await leave()
    await putOne('b', { body: 'anna' })
    await putOne('c', { body: 'bert' })
    queue.erase((body) => body === 'anna' || body.includes('first'), false)
    expect(ends).toEqual(['b erased'])
  })
})
