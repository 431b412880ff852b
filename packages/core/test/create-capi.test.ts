import { beforeEach, describe, expect, it } from 'vitest'
import { CapiConfigError, memoryOutbox } from '../src/index.ts'
import type { Outbox } from '../src/outbox.ts'
import { lead, page, person, sum, TOKEN, testWorld, type World } from './test-world.ts'

let world: World
let clock: World['clock']
let network: World['network']
let client: World['client']

beforeEach(() => {
  world = testWorld()
  ;({ clock, network, client } = world)
})

describe('flush and close', () => {
  it('flushes without waiting for company', async () => {
    const capi = client()
    await capi.track('Lead', {}, { ...page, ...person })
    expect(await capi.flush()).toEqual({ delivered: 1, dropped: 0, queued: 0 })
  })

  it('stops waiting at the deadline and says what is left', async () => {
    const capi = client({ timeoutMs: 60_000 })
    network.answer('hang')
    await capi.track('Lead', {}, { ...page, ...person })
    const flushed = capi.flush({ timeoutMs: 500 })
    await clock.advance(500)
    expect(await flushed).toEqual({ delivered: 0, dropped: 0, queued: 1 })
  })

  it('closes twice without harm and counts later events as closed', async () => {
    const capi = client()
    await capi.track('Lead', {}, { ...page, ...person })
    expect(await Promise.all([capi.close(), capi.close()])).toHaveLength(2)
    expect(await capi.track('Lead', {}, { ...page, ...person })).toMatchObject({
      outcome: 'dropped',
      reason: 'closed',
    })
    expect(await sum(capi)).toEqual({ tracked: 2, delivered: 1, queued: 0, lost: 1 })
  })
})

describe('an access token that is none', () => {
  it.each([5, true, {}, ['token'], Promise.resolve('token')])(
    'stops the start: %o',
    (accessToken) => {
      expect(() => client({ accessToken: accessToken as never })).toThrow(
        /^Option accessToken must be text, or a function/,
      )
    },
  )

  it('is unset where it is null', async () => {
    const capi = client({ accessToken: null as never })
    expect(await capi.track('Lead', {}, { ...page, ...person })).toMatchObject({
      reason: 'disabled',
    })
    expect(world.logger.warn.mock.calls.flat().join()).toContain('no accessToken')
  })
})

describe('a time to wait that is none', () => {
  it.each([Number.NaN, -1, null, '5000', '', {}, true])(
    'is the default for close and flush, and loses nothing: %o',
    async (timeoutMs) => {
      for (const method of ['close', 'flush'] as const) {
        let answer = () => {}
        const capi = client({
          timeoutMs: 60_000,
          fetch: () =>
            new Promise((resolve) => {
              answer = () => resolve(Response.json({ events_received: 1 }))
            }),
        })
        await capi.track('Lead', {}, { ...page, ...person })
        const draining = capi[method]({ timeoutMs: timeoutMs as never })
        await clock.advance(9_000)
        answer()
        expect(await draining).toEqual({ delivered: 1, dropped: 0, queued: 0 })
      }
    },
  )

  it('is reported once', async () => {
    const capi = client()
    for (const timeoutMs of ['soon', Number.NaN])
      await capi.flush({ timeoutMs: timeoutMs as never })
    expect(world.logger.warn.mock.calls.flat()).toEqual([
      '@capi/core: Option timeoutMs of flush must be 0 or more. The default is used.',
    ])
  })
})

describe('one outbox in two clients', () => {
  it('is refused, with what to do', () => {
    const outbox = memoryOutbox()
    client({ outbox })
    expect(() => client({ outbox })).toThrow(
      /^Another client .* same outbox.*Make the client once.*\(outbox_in_use\)\.$/,
    )
    expect(() => client({ outbox })).toThrow(CapiConfigError)
  })

  it('leaves the first client as it was', async () => {
    const outbox = memoryOutbox()
    const first = client({ outbox })
    expect(() => client({ outbox })).toThrow()
    expect(await first.track('Lead', {}, { ...page, ...person })).toMatchObject({
      outcome: 'accepted',
    })
    expect(await first.flush()).toMatchObject({ delivered: 1 })
  })

  it('takes the events of the next client when the first is closed', async () => {
    const outbox = memoryOutbox()
    await client({ outbox }).close()
    const next = client({ outbox })
    expect(await next.track('Lead', {}, { ...page, ...person })).toMatchObject({
      outcome: 'accepted',
    })
    expect(await next.close()).toMatchObject({ delivered: 1, dropped: 0 })
  })

  it('stays open when a client that sends nothing is closed', async () => {
    const outbox = memoryOutbox()
    const off = [client({ outbox, accessToken: '' }), client({ outbox, enabled: false })]
    const capi = client({ outbox })
    for (const one of off) await one.close()
    await capi.track('Lead', {}, { ...page, ...person })
    expect(await capi.flush()).toMatchObject({ delivered: 1, dropped: 0 })
    expect(() => client({ outbox })).toThrow('outbox_in_use')
  })

  it('is taken when the first client sends nothing, or shares its outbox by design', async () => {
    const outbox = memoryOutbox()
    client({ outbox, accessToken: '' })
    await client({ outbox }).close()

    const shared: Outbox = { ...memoryOutbox(), sharedAs: 'producer' }
    for (const one of [client({ outbox: shared }), client({ outbox: shared })]) await one.close()
  })

  it('is not held by a client that was refused for something else', () => {
    const outbox = memoryOutbox()
    expect(() => client({ outbox, timeoutMs: -1 })).toThrow('timeoutMs')
    client({ outbox })
  })
})

describe('an outbox that is none', () => {
  it.each([
    ['a path', './events.db'],
    ['a function that makes one', memoryOutbox],
    ['a promise of one', Promise.resolve(memoryOutbox())],
    ['an empty object', {}],
    ['null', null],
    ['one without lease', { ...memoryOutbox(), lease: undefined }],
    ['a map', new Map()],
  ])('is refused at the start: %s', (_name, outbox) => {
    expect(() => client({ outbox: outbox as never })).toThrow(/^Option outbox must be an outbox/)
  })
})

describe('a client that sends nothing', () => {
  it.each([
    [{ pixelId: undefined, accessToken: undefined }, 'no pixelId and accessToken'],
    [{ pixelId: undefined }, 'no pixelId.'],
    [{ accessToken: '' }, 'no accessToken.'],
  ])('says what %j lacks, and that createCapi reads no environment', (options, what) => {
    client(options)
    const [line] = world.logger.warn.mock.calls.map(([text]) => String(text))
    expect(line).toContain(what)
    expect(line).toContain('createCapi() reads no environment')
    expect(line).toContain('createCapi(optionsFromEnv(process.env))')
    expect(line).toContain('META_PIXEL_ID and META_CAPI_ACCESS_TOKEN')
  })
})

it('keeps two clients apart', async () => {
  const [one, two] = [client(), client({ accessToken: 'other', pixelId: '2222222222' })]
  await one.track('Lead', {}, { ...page, ...person })
  await clock.advance(200)
  expect(network.requests.map((request) => request.headers.get('authorization'))).toEqual([
    `Bearer ${TOKEN}`,
  ])
  expect((await two.stats()).tracked).toBe(0)
})

it.each([
  [{ pixelId: '../me' }, 'pixelId'],
  [{ apiVersion: '26' }, 'apiVersion'],
  [{ baseUrl: 'ftp://x' }, 'baseUrl'],
  [{ timeoutMs: 0 }, 'timeoutMs'],
  [{ dedupeWindowMs: -1 }, 'dedupeWindowMs'],
  [{ accessToken: 'Bearer EAAB' }, 'accessToken'],
  [{ accessToken: 'EAAB\u200b' }, 'accessToken'],
  [{ pixelId: '1' }, '5 to 20 digits'],
  [{ batch: { maxEvents: 1_001 } }, 'batch.maxEvents'],
])('refuses the option %j at construction and names it', (options, name) => {
  expect(() => client(options)).toThrow(name)
})

it('takes a token as it is read from a file', async () => {
  const capi = client({ accessToken: 'EAAB\r\n' })
  await lead(capi, 'a')
  await capi.flush()
  expect(network.requests[0]?.headers.get('authorization')).toBe('Bearer EAAB')
})
