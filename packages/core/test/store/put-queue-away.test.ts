import { beforeEach, describe, expect, it } from 'vitest'
import type { PutResult } from '../../src/outbox.ts'
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

describe('an event whose put got no answer', () => {
  const remembered = { rememberUntilMs: Date.UTC(2030, 0) }

  it('is its own where the next put finds it, unless it was put before', async () => {
    const { clock, putOne, last, ends } = world
    const again = async () => {
      void putOne('a', remembered)
      await clock.advance(0)
      last().fail(down())
      await clock.advance(100)
      last().answer(['duplicate'])
      await clock.advance(0)
    }
    await again()
    await again()
    expect(ends).toEqual(['a accepted', 'a duplicate'])
  })

  it('is a duplicate where the outbox said so at the first put', async () => {
    const { clock, putOne, last, ends } = world
    void putOne('a', remembered)
    await clock.advance(0)
    last().answer(['duplicate'])
    await clock.advance(0)
    expect(ends).toEqual(['a duplicate'])
  })

  it('is in the outbox when that hands it out, and is not put again', async () => {
    const { clock, putOne, queue, last, sent, ends } = world
    void putOne('a')
    await clock.advance(0)
    last().fail(down())
    queue.onLeased(outboxItem('a').key)
    await clock.advance(60_000)
    expect(ends).toEqual(['a accepted'])
    expect(sent()).toEqual([['a']])
  })

  it('is in it also when it was handed out before the put failed', async () => {
    const { clock, putOne, queue, last, ends, sent } = world
    void putOne('a')
    await clock.advance(0)
    queue.onLeased(outboxItem('a').key)
    last().fail(down())
    await clock.advance(60_000)
    expect(ends).toEqual(['a accepted'])
    expect(sent()).toEqual([['a']])
  })

  it('is remembered for ten minutes when it is put again, so that it finds itself', async () => {
    const { clock, putOne, last } = world
    void putOne('a')
    await clock.advance(0)
    expect(last().items[0]?.rememberUntilMs).toBe(0)
    last().fail(down())
    await clock.advance(0)
    expect(last().items[0]?.rememberUntilMs).toBe(clock.now() + 600_000)
  })

  it('stays unknown where the outbox answers with something else', async () => {
    const { clock, putOne, last, queue, ends } = world
    const answer = Promise.all([putOne('a'), putOne('b')])
    await clock.advance(0)
    last().answer(['accepted'])
    await clock.advance(TIMEOUT_MS)
    expect(await answer).toEqual([['accepted'], ['held']])
    expect(ends).toEqual(['a accepted'])
    last().answer(['no such word' as PutResult])
    await clock.advance(0)
    expect(queue.figures()).toEqual({ total: 1, held: 0, unknown: 1 })
  })
})
