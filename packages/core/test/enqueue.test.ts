import { beforeEach, describe, expect, it } from 'vitest'
import { buildEvent, memoryOutbox, type Receipt } from '../src/index.ts'
import type { OutboxItem, Time } from '../src/outbox.ts'
import { PIXEL, page, person, purchase, sum, testWorld, type World } from './test-world.ts'

let world: World
beforeEach(() => {
  world = testWorld()
})

const lead = (event_id: string) => ({ event_name: 'Lead', ...page, ...person, event_id })
const sentIds = () =>
  world.network.requests.flatMap(({ body }) => body.data.map((event) => event['event_id']))

describe('enqueue', () => {
  it('queues a whole event as track does', async () => {
    const capi = world.client()
    const sale = { event_name: 'Purchase', ...page, ...person, custom_data: purchase } as const
    const receipt = await capi.enqueue({ ...sale, event_id: 'one' })
    expect(receipt).toEqual({ event_id: 'one', outcome: 'accepted', issues: [] })
    await capi.track('Purchase', purchase, { ...page, ...person, event_id: 'two' })
    await capi.flush()
    const [one, two] = world.network.requests.flatMap(({ body }) => body.data)
    expect({ ...one, event_id: 'two' }).toEqual(two)
    expect(await sum(capi)).toEqual({ tracked: 2, delivered: 2, queued: 0, lost: 0 })
  })

  it('gives a receipt for each event of a list, in order', async () => {
    const capi = world.client()
    const receipts = await capi.enqueue([
      lead('a'),
      { ...lead('b'), user_data: {} },
      { ...lead('c'), consent: 'denied' },
      lead('a'),
      lead('d'),
    ])
    expect(receipts.map(({ event_id, outcome, reason }) => [event_id, outcome, reason])).toEqual([
      ['a', 'accepted', undefined],
      ['b', 'dropped', 'invalid'],
      ['c', 'dropped', 'consent'],
      ['a', 'duplicate', undefined],
      ['d', 'accepted', undefined],
    ])
    await capi.flush()
    expect(sentIds()).toEqual(['a', 'd'])
    expect(await sum(capi)).toEqual({ tracked: 4, delivered: 2, queued: 0, lost: 2 })
  })

  it('puts the fields of a scope under each event, for each pixel', async () => {
    const other = '9876543210'
    const capi = world.client({ pixelId: [PIXEL, other] }).with({ ...page, ...person })
    const [receipt] = await capi.enqueue([{ event_name: 'Lead', event_id: 'a' }])
    expect(receipt).toMatchObject({ outcome: 'accepted' })
  })

  it('takes what buildEvent made, without hashing it again', async () => {
    const capi = world.client()
    const { event } = buildEvent(lead('a'), { nowMs: world.clock.now() })
    if (event === undefined) throw new Error('not built')
    expect(await capi.enqueue(event)).toMatchObject({ outcome: 'accepted', issues: [] })
    expect(await capi.send(event)).toMatchObject({
      receipts: [{ outcome: 'delivered', issues: [] }],
    })
    await capi.flush()
    for (const { body } of world.network.requests) expect(body.data).toEqual([event])
  })

  it('hands many to the outbox 500 at a time', async () => {
    const outbox = memoryOutbox()
    const sizes: number[] = []
    const put = (items: readonly OutboxItem[], time: Time) => {
      sizes.push(items.length)
      return outbox.put(items, time)
    }
    const capi = world.client({ outbox: { ...outbox, put } })
    const receipts = await capi.enqueue(Array.from({ length: 1_201 }, (_one, n) => lead(`e${n}`)))
    expect(sizes).toEqual([500, 500, 201])
    expect(receipts.every(({ outcome }) => outcome === 'accepted')).toBe(true)
    await capi.flush()
    expect(await sum(capi)).toEqual({ tracked: 1_201, delivered: 1_201, queued: 0, lost: 0 })
  })

  it('tries little further when the outbox fails, and counts each event once', async () => {
    let puts = 0
    const outbox = memoryOutbox()
    const put = () => {
      puts++
      return Promise.reject(new Error('disk'))
    }
    const capi = world.client({ outbox: { ...outbox, put } })
    const receipts = await capi.enqueue(Array.from({ length: 1_201 }, (_one, n) => lead(`e${n}`)))
    expect(puts).toBeLessThan(10)
    expect(receipts).toHaveLength(1_201)
    expect(receipts.every(({ durable }) => durable === false)).toBe(true)
    expect(await sum(capi)).toMatchObject({ tracked: 1_201, delivered: 0, lost: 0 })
    await capi.close()
    expect(await sum(capi)).toEqual({ tracked: 1_201, delivered: 0, queued: 0, lost: 1_201 })
  })

  it('hands its transaction to the outbox', async () => {
    const transaction = { begin: true }
    const seen: unknown[] = []
    const outbox = memoryOutbox()
    const put = (items: readonly OutboxItem[], time: Time, options?: { transaction?: unknown }) => {
      seen.push(options?.transaction)
      return outbox.put(items, time)
    }
    const capi = world.client({ outbox: { ...outbox, isTransactional: true, put } })
    await capi.enqueue([lead('a'), lead('b')], { transaction })
    await capi.enqueue(lead('c'))
    expect(seen).toEqual([transaction, undefined])
  })

  it('drops what comes after close', async () => {
    const capi = world.client()
    await capi.close()
    expect(await capi.enqueue([lead('a'), lead('b')])).toMatchObject([
      { outcome: 'dropped', reason: 'closed' },
      { outcome: 'dropped', reason: 'closed' },
    ])
    expect(await sum(capi)).toEqual({ tracked: 2, delivered: 0, queued: 0, lost: 2 })
  })

  it('never rejects, and has one receipt for what is no list', async () => {
    const capi = world.client()
    const thrower = new Proxy([], {
      get() {
        throw new Error('anna@example.com')
      },
    })
    for (const wrong of [undefined, null, 17, 'Lead', () => {}, Symbol('a'), {}]) {
      const dropped = { outcome: 'dropped', reason: 'invalid', event_id: expect.any(String) }
      expect(await capi.enqueue(wrong as never)).toMatchObject(dropped)
      expect(await capi.enqueue([wrong, wrong] as never)).toMatchObject([dropped, dropped])
    }
    await expect(capi.enqueue(thrower as never)).resolves.toBeDefined()
    expect(await capi.enqueue([])).toEqual([])
    const unreadable = {
      get transaction() {
        throw new Error('anna@example.com')
      },
    }
    expect(await capi.enqueue(lead('a'), unreadable)).toMatchObject({ outcome: 'accepted' })
    expect(await capi.enqueue(lead('b'), null as never)).toMatchObject({ outcome: 'accepted' })
    expect(world.logger.warn.mock.calls.join()).not.toContain('anna')
    await capi.flush()
    expect(await sum(capi)).toMatchObject({ delivered: 2, queued: 0 })
  })

  it('says of a payload that its list is wanted', async () => {
    const receipt: Receipt = await world.client().enqueue({ data: [lead('a')] } as never)
    expect(receipt).toMatchObject({ outcome: 'dropped', reason: 'invalid' })
    expect(receipt.issues).toContainEqual(
      expect.objectContaining({
        path: 'data',
        code: 'misplaced_key',
        fix: expect.stringContaining('enqueue(payload.data)'),
      }),
    )
  })
})
