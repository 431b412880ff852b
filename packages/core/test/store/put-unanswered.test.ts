import { beforeEach, describe, expect, it } from 'vitest'
import type { PutResult } from '../../src/outbox.ts'
import { outboxItem } from '../../src/outbox-test.ts'
import { down, heldOutbox, TIMEOUT_MS } from './put-world.ts'

let world: ReturnType<typeof heldOutbox>
beforeEach(() => {
  world = heldOutbox()
  world.queue.open()
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
