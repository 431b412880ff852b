import { refused } from '@capi/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { memoryOutbox } from '../../src/index.ts'
import type { Outbox } from '../../src/outbox.ts'
import { outboxItem } from '../../src/outbox-test.ts'
import { down, lead, PIXEL, sum, testWorld, type World } from '../test-world.ts'

let world: World

beforeEach(() => {
  world = testWorld()
})

describe('flush', () => {
  it('waits for the repeats that fit before its deadline', async () => {
    const { clock, network, client } = world
    const capi = client({ random: () => 1 })
    network.answer(down, down)
    await lead(capi, 'a')
    const flushed = capi.flush({ timeoutMs: 5_000 })
    await clock.advance(3_100)
    expect(await flushed).toEqual({ delivered: 1, dropped: 0, queued: 0 })
  })

  it('tries once whatever the lane waits for, and returns at once when no repeat fits before its deadline', async () => {
    const { network, client } = world
    const capi = client()
    network.answer(refused(401, { code: 190 }), refused(401, { code: 190 }))
    await lead(capi, 'a')
    // No time passes: the fake clock stands still.
    expect(await capi.flush()).toEqual({ delivered: 0, dropped: 0, queued: 1 })
    expect(await capi.flush()).toEqual({ delivered: 0, dropped: 0, queued: 1 })
    expect(network.requests).toHaveLength(2)
    expect(await capi.flush()).toEqual({ delivered: 1, dropped: 0, queued: 0 })
  })

  it('needs no timer of its own to have run: one call delivers all there is', async () => {
    const { network, client } = world
    const capi = client({ batch: { maxEvents: 10 } })
    await Promise.all(Array.from({ length: 95 }, (_one, i) => lead(capi, `${i}`)))
    expect(await capi.flush()).toEqual({ delivered: 95, dropped: 0, queued: 0 })
    expect(network.requests).toHaveLength(10)
  })

  it('is harmless while another is under way', async () => {
    const { network, client } = world
    const capi = client()
    await lead(capi, 'a')
    const flushes = await Promise.all([capi.flush(), capi.flush(), capi.close()])
    expect(flushes.map((one) => one.queued)).toEqual([0, 0, 0])
    expect(network.requests).toHaveLength(1)
  })
})

describe('close', () => {
  it('counts what waits in memory as dropped at the deadline, and reports it', async () => {
    const { clock, network, drops, client } = world
    const capi = client()
    network.answer('hang')
    await lead(capi, 'a')
    const closed = capi.close({ timeoutMs: 500 })
    await clock.advance(500)
    expect(await closed).toEqual({ delivered: 0, dropped: 1, queued: 0 })
    expect(drops).toEqual([{ reason: 'closed', count: 1, pixelId: PIXEL, event_ids: ['a'] }])
    expect(world.logger.warn).toHaveBeenCalledExactlyOnceWith(
      '@capi/core: 1 event was dropped: closed. The client was closed before delivery. Close it last, give close() a longer timeoutMs, ' +
        'or keep events in a file with @capi/sqlite. Each kind is logged at most once a minute; stats() counts them, onDropped reports each.',
    )
    expect(await sum(capi)).toEqual({ tracked: 1, delivered: 0, queued: 0, lost: 1 })
    await clock.advance(60_000)
    expect(network.requests).toHaveLength(1)
  })

  it('leaves in a durable outbox what it could not send, and the next client sends it', async () => {
    const { clock, network, client } = world
    const kept = memoryOutbox()
    // Survives its client, as a file does.
    const durable: Outbox = { ...kept, close: async () => [] }
    const first = client({ outbox: durable })
    network.answer('hang')
    await lead(first, 'a')
    const closed = first.close({ timeoutMs: 500 })
    await clock.advance(500)
    expect(await closed).toEqual({ delivered: 0, dropped: 0, queued: 1 })

    const second = client({ outbox: durable })
    await clock.advance(200)
    expect(network.requests[1]?.body).toEqual(network.requests[0]?.body)
    expect(await sum(second)).toEqual({ tracked: 1, delivered: 1, queued: 0, lost: 0 })
  })

  it('sends nothing to a lane whose name is no pixel id', async () => {
    const { clock, network, client } = world
    const kept = memoryOutbox()
    const item = outboxItem('a', { lane: '../me' })
    await kept.put([item], { tickMs: 0, nowMs: clock.now() })
    const capi = client({ outbox: kept })
    await clock.advance(60_000)
    expect(network.requests).toEqual([])
    expect(await sum(capi)).toMatchObject({ tracked: 1, queued: 1 })
  })
})

describe('an outbox that fails', () => {
  it('is asked again: nothing that it holds is lost or counted twice', async () => {
    const { clock, network, logger, client } = world
    const kept = memoryOutbox()
    let failures = 3
    const sometimes =
      <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
      async (...args: A) => {
        if (failures-- > 0) throw new Error('disk')
        return call(...args)
      }
    const outbox: Outbox = {
      ...kept,
      lease: sometimes((...args: Parameters<typeof kept.lease>) => kept.lease(...args)),
      settle: sometimes((...args: Parameters<typeof kept.settle>) => kept.settle(...args)),
      recover: sometimes((...args: Parameters<typeof kept.recover>) => kept.recover(...args)),
    }
    const capi = client({ outbox })
    await clock.advance(30_000)
    for (let i = 0; i < 5; i++) {
      failures = i
      await lead(capi, `${i}`)
      await clock.advance(30_000)
    }
    expect(await sum(capi)).toEqual({ tracked: 5, delivered: 5, queued: 0, lost: 0 })
    expect(new Set(network.requests.map((one) => one.body.data[0]?.['event_id'])).size).toBe(5)
    expect(network.requests).toHaveLength(5)
    expect(logger.error.mock.calls.join()).not.toContain('disk')
  })
})
