import { refused } from '@capi/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { CapiStoreError, memoryOutbox } from '../src/index.ts'
import type { Outbox } from '../src/outbox.ts'
import { PIXEL, page, purchase, sum, testWorld, type World } from './test-world.ts'

let world: World
beforeEach(() => {
  world = testWorld()
})

const anna = { em: 'Anna.Muster@Example.com', ph: '+41 79 123 45 67', external_id: 'A 1' }
const bert = { em: 'bert@example.com', external_id: 2 }
type Person = { readonly em?: string; readonly ph?: string; readonly external_id?: string | number }
const buy = (capi: ReturnType<World['client']>, event_id: string, user_data: Person) =>
  capi.track('Purchase', purchase, {
    ...page,
    event_id,
    user_data: { ...user_data, client_user_agent: 'UA/1' },
  })
const erased = () =>
  world.drops.filter(({ reason }) => reason === 'erased').flatMap(({ event_ids }) => event_ids)

describe('erase', () => {
  it.each([{ em: ' anna.muster@example.com' }, { ph: '0041791234567' }, { external_id: 'a1' }])(
    'removes what waits for the person of %j, and for nobody else',
    async (person) => {
      const capi = world.client({ pixelId: [PIXEL, '2222222222'] })
      await buy(capi, 'a', anna)
      await buy(capi, 'b', bert)
      expect(await capi.erase(person)).toEqual({ waiting: 2, deadLetters: 0, onTheWay: 0 })
      expect(world.drops).toEqual([
        { reason: 'erased', count: 1, pixelId: PIXEL, event_ids: ['a'] },
        { reason: 'erased', count: 1, pixelId: '2222222222', event_ids: ['a'] },
      ])
      await world.clock.advance(1_000)
      expect(await sum(capi)).toEqual({ tracked: 4, delivered: 2, queued: 0, lost: 2 })
    },
  )

  it('removes dead letters, which were counted when Meta refused them', async () => {
    const capi = world.client()
    world.network.answer(refused(400, { code: 100, error_subcode: 2804050 }))
    await buy(capi, 'a', anna)
    await world.clock.advance(1_000)
    expect(await capi.erase(anna)).toEqual({ waiting: 0, deadLetters: 1, onTheWay: 0 })
    expect(await capi.deadLetters.list()).toEqual([])
    expect(await sum(capi)).toMatchObject({ tracked: 1, lost: 1 })
  })

  it('says what was on its way to Meta, and removes it when it comes back', async () => {
    const capi = world.client({ timeoutMs: 5_000 })
    world.network.answer('hang')
    await buy(capi, 'a', anna)
    await buy(capi, 'b', bert)
    await world.clock.advance(500)
    expect(await capi.erase(anna)).toEqual({ waiting: 0, deadLetters: 0, onTheWay: 1 })
    expect(erased()).toEqual([])
    await world.clock.advance(60_000)
    expect(erased()).toEqual(['a'])
    const sent = world.network.requests.slice(1).flatMap(({ body }) => body.data)
    expect(sent.map(({ event_id }) => event_id)).toEqual(['b'])
    expect(await sum(capi)).toEqual({ tracked: 2, delivered: 1, queued: 0, lost: 1 })
    // A later event of the person is another one.
    await buy(capi, 'c', anna)
    await world.clock.advance(1_000)
    expect(await sum(capi)).toMatchObject({ tracked: 3, delivered: 2 })
  })

  /** A client whose first request is under way while its person is erased. */
  const erasing = () => {
    let isFirst = true
    const capi = world.client({
      dedupeWindowMs: 0,
      async fetch(...args) {
        if (isFirst) expect(await capi.erase(anna)).toMatchObject({ onTheWay: 1 })
        isFirst = false
        return world.network.fetch(...args)
      },
    })
    return capi
  }

  it('keeps no dead letter of what was on its way', async () => {
    const capi = erasing()
    world.network.answer(refused(400, { code: 100, error_subcode: 2804050 }))
    await buy(capi, 'a', anna)
    await capi.flush()
    expect(await capi.deadLetters.list()).toEqual([])
    expect(await sum(capi)).toEqual({ tracked: 1, delivered: 0, queued: 0, lost: 1 })
  })

  it('lets an event of the same id pass, tracked after Meta took the first', async () => {
    const capi = erasing()
    await buy(capi, 'a', anna)
    await capi.flush()
    await buy(capi, 'a', anna)
    await world.clock.advance(1_000)
    expect(await sum(capi)).toEqual({ tracked: 2, delivered: 2, queued: 0, lost: 0 })
  })

  it('counts what Meta took of it as delivered', async () => {
    const capi = world.client()
    await buy(capi, 'a', anna)
    const flushed = capi.flush()
    await capi.erase(anna)
    await flushed
    const { delivered, lost } = await sum(capi)
    expect(delivered + lost).toBe(1)
  })

  it('removes what is held while the outbox is away, and rejects, for the outbox was not looked through', async () => {
    let isAway = false
    const kept = memoryOutbox()
    const away = <A extends unknown[], R>(call: (...args: A) => Promise<R>) => {
      return async (...args: A) => {
        if (isAway) throw new CapiStoreError('unavailable', 'The server is away.')
        return call(...args)
      }
    }
    const outbox: Outbox = {
      ...kept,
      put: away((...args: Parameters<Outbox['put']>) => kept.put(...args)),
      removeMatching: away((...args: Parameters<Outbox['removeMatching']>) =>
        kept.removeMatching(...args),
      ),
    }
    const capi = world.client({ outbox })
    await buy(capi, 'before', anna)
    isAway = true
    for (const id of ['tried', 'held']) await buy(capi, id, anna)
    await expect(capi.erase(anna)).rejects.toMatchObject({ problem: 'unavailable' })
    expect(erased()).toEqual(['held'])
    isAway = false
    expect(await capi.erase(anna)).toMatchObject({ waiting: 2 })
    expect(erased().sort()).toEqual(['before', 'held', 'tried'])
    await world.clock.advance(60_000)
    expect(await sum(capi)).toEqual({ tracked: 3, delivered: 0, queued: 0, lost: 3 })
  })

  it('looks through everything, page by page', async () => {
    const pages: (string | undefined)[] = []
    const removeMatching: Outbox['removeMatching'] = async (_hashes, { after }) => {
      pages.push(after)
      const removed = [{ lane: PIXEL, event_id: `e${pages.length}` }]
      return { removed, dead: 1, leased: 0, ...(pages.length < 3 && { next: `${pages.length}` }) }
    }
    const capi = world.client({ outbox: { ...memoryOutbox(), removeMatching } })
    expect(await capi.erase(anna)).toEqual({ waiting: 3, deadLetters: 3, onTheWay: 0 })
    expect(pages).toEqual([undefined, '1', '2'])
  })

  it('reads a phone number without its country code as one of the country', async () => {
    const capi = world.client()
    await capi.track('Purchase', purchase, {
      ...page,
      user_data: { ph: '0151 23456789', country: 'DE', client_user_agent: 'UA/1' },
    })
    expect(await capi.erase({ ph: '0151 23456789', country: 'DE' })).toMatchObject({ waiting: 1 })
  })

  it.each([
    ['ph', { ph: '079 123 45 67' }],
    ['ph', { em: anna.em, ph: '079 123 45 67' }],
    ['em', { em: 'no address', external_id: anna.external_id }],
    ['em[1]', { em: [anna.em, 'no address'] }],
    ['external_id', { em: anna.em, external_id: Number.NaN }],
    ['country', { ph: anna.ph, country: 'nowhere' }],
    [
      'em',
      {
        get em(): string {
          throw new Error(anna.em)
        },
      },
    ],
  ])('names %s, of which it cannot be sure, and touches nothing', async (key, given) => {
    const capi = world.client()
    await buy(capi, 'a', anna)
    const error: unknown = await capi.erase(given).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'CapiConfigError', code: 'config_invalid' })
    const { message, cause } = error as Error
    expect(message).toContain(` ${key}`)
    expect([message.includes(anna.em), cause]).toEqual([false, undefined])
    expect(await sum(capi)).toMatchObject({ queued: 1 })
  })

  it.each([{}, { em: 'no address' }, { em: undefined }, null, undefined, { fn: 'Anna' }])(
    'refuses %j, in which nobody is named, and touches nothing',
    async (person) => {
      const capi = world.client()
      await buy(capi, 'a', anna)
      await expect(capi.erase(person as never)).rejects.toMatchObject({ code: 'config_invalid' })
      expect(await sum(capi)).toMatchObject({ queued: 1 })
    },
  )
})

describe('erase while no put gets an answer', () => {
  /** What a put does: `lost` takes effect, `hangs` takes effect when `free` is called. */
  let mode: 'works' | 'refuses' | 'lost' | 'hangs'
  let free: () => void
  let kept: Outbox
  const outbox = (sharedAs?: 'producer'): Outbox => ({
    ...kept,
    ...(sharedAs && { sharedAs }),
    async put(...args) {
      if (mode === 'refuses') throw new CapiStoreError('unavailable', 'It takes nothing.')
      if (mode === 'hangs')
        await new Promise<void>((resolve) => {
          free = resolve
        })
      const results = await kept.put(...args)
      if (mode === 'lost') throw new CapiStoreError('unavailable', 'The answer was lost.')
      return results
    },
    lease: async (...args) => (mode === 'works' ? kept.lease(...args) : { items: [] }),
  })
  beforeEach(() => {
    mode = 'works'
    kept = memoryOutbox()
  })

  it.each([undefined, 'producer'] as const)(
    'removes what was tried already, and never puts it again (outbox shared as %s)',
    async (sharedAs) => {
      const capi = world.client({ outbox: outbox(sharedAs) })
      mode = 'refuses'
      for (const id of ['tried', 'held']) await buy(capi, id, anna)
      expect(await capi.erase(anna)).toEqual({ waiting: 2, deadLetters: 0, onTheWay: 0 })
      mode = 'works'
      await world.clock.advance(60_000)
      expect(await sum(capi)).toEqual({ tracked: 2, delivered: 0, queued: 0, lost: 2 })
      expect(await kept.counts()).toEqual({})
      // Tracked anew, it is another event.
      await buy(capi, 'tried', anna)
      await world.clock.advance(60_000)
      const { tracked, delivered, queued } = await sum(capi)
      expect([tracked, delivered + queued]).toEqual([3, 1])
    },
  )

  it('counts what was put without an answer once', async () => {
    const capi = world.client({ outbox: outbox() })
    mode = 'lost'
    for (const id of ['a', 'b']) await buy(capi, id, anna)
    expect(await capi.erase(anna)).toMatchObject({ waiting: 2 })
    mode = 'works'
    await world.clock.advance(60_000)
    expect(await sum(capi)).toEqual({ tracked: 2, delivered: 0, queued: 0, lost: 2 })
    expect(erased().sort()).toEqual(['a', 'b'])
  })

  it.each([undefined, 'producer'] as const)(
    'removes again what a put that hung takes at last (outbox shared as %s)',
    async (sharedAs) => {
      const capi = world.client({ outbox: outbox(sharedAs) })
      mode = 'hangs'
      const receipt = buy(capi, 'a', anna)
      await world.clock.advance(1_500)
      await receipt
      const result = capi.erase(anna)
      await world.clock.advance(5_000)
      expect(await result).toMatchObject({ waiting: 1 })
      mode = 'works'
      free()
      await world.clock.advance(60_000)
      expect(await sum(capi)).toEqual({ tracked: 1, delivered: 0, queued: 0, lost: 1 })
      expect(world.network.requests).toEqual([])
      expect(erased()).toEqual(['a'])
    },
  )
})
