import { beforeEach, expect, it, vi } from 'vitest'
import { requestContext } from '../src/adapter.ts'
import { type CapiOptions, memoryOutbox, normalizeField } from '../src/index.ts'
import type { Outbox } from '../src/outbox.ts'
import { page, person, sum, testWorld, type World } from './test-world.ts'

let world: World

beforeEach(() => {
  world = testWorld()
})

const tick = () => new Promise((resolve) => setImmediate(resolve))

it('survives hooks that are async and reject', async () => {
  const rejects = vi.fn(() => Promise.reject(new Error('hook')))
  // A hook is typed void; a shop's async one is still accepted.
  const hook = rejects as unknown as () => void
  const capi = world.client({ onDropped: hook, onIssue: hook, onDelivered: hook })
  await capi.track('Lead', { value: 'x' }, { ...page, user_data: {} })
  await capi.track('Lead', {}, { ...page, ...person })
  await capi.flush()
  await tick()
  expect(rejects).toHaveBeenCalled()
  expect(await sum(capi)).toEqual({ tracked: 2, delivered: 1, queued: 0, lost: 1 })
})

it('closes while a track call without await is running', async () => {
  const capi = world.client()
  void capi.track('Lead', {}, { ...page, ...person })
  expect(await capi.close()).toEqual({ delivered: 1, dropped: 0, queued: 0 })
})

it('flushes what a slow outbox is still taking', async () => {
  const outbox = memoryOutbox()
  const slow = {
    ...outbox,
    put: async (...args: Parameters<typeof outbox.put>) => {
      await tick()
      return outbox.put(...args)
    },
  }
  const capi = world.client({ outbox: slow })
  void capi.track('Lead', {}, { ...page, ...person })
  expect(await capi.flush()).toMatchObject({ delivered: 1, queued: 0 })
})

it.each([undefined, [], ['weird'], null])(
  'counts the loss when an outbox answers %j',
  async (answer) => {
    const capi = world.client({ outbox: { ...memoryOutbox(), put: async () => answer as never } })
    const receipt = await capi.track('Lead', {}, { ...page, ...person })
    expect(receipt).toMatchObject({ outcome: 'accepted', durable: false })
    await capi.close()
    expect(world.drops).toMatchObject([{ reason: 'store_failed', count: 1 }])
    expect(await sum(capi)).toMatchObject({ tracked: 1, lost: 1 })
  },
)

it('closes when its outbox throws at everything', async () => {
  const fail = () => {
    throw new Error('outbox')
  }
  const outbox: Outbox = {
    put: fail,
    lease: fail,
    settle: fail,
    renew: fail,
    recover: fail,
    dueLanes: fail,
    takeExpired: fail,
    readDead: fail,
    removeDead: fail,
    removeMatching: fail,
    counts: fail,
    close: fail,
  }
  const capi = world.client({ outbox })
  expect(await capi.track('Lead', {}, { ...page, ...person })).toMatchObject({
    outcome: 'accepted',
    durable: false,
  })
  const closed = capi.close({ timeoutMs: 5_000 })
  await world.clock.advance(5_000)
  expect(await closed).toEqual({ delivered: 0, dropped: 1, queued: undefined })
  // What it threw is somebody else's text: it may hold anything.
  expect(world.logger.error.mock.calls).toEqual([[expect.stringContaining('store_failed')]])
})

it('replaces half an emoji, which strict decoders would refuse', async () => {
  const capi = world.client()
  await capi.track(
    'Lead',
    { content_name: 'Mug 😀'.slice(0, 5), path: 'C:\\ud800' },
    { ...page, ...person },
  )
  await capi.flush()
  expect(world.network.requests[0]?.body.data[0]).toMatchObject({
    custom_data: { content_name: 'Mug \ufffd', path: 'C:\\ud800' },
  })
})

it.each<[CapiOptions]>([
  [{ pixelId: 12345 as never }],
  [{ phoneCountry: 5 as never }],
  [{ partnerAgent: 'x'.repeat(50) }],
  [{ batch: { maxEvents: 1.5 } }],
])('refuses the option %j as one of configuration', (options) => {
  expect(() => world.client(options)).toThrow(expect.objectContaining({ code: 'config_invalid' }))
})

it('reads a request with nothing but throwing in it', () => {
  const fail = () => {
    throw new Error('x')
  }
  const headers = new Headers({ 'user-agent': 'UA/1' })
  const get = (name: string) => headers.get(name)
  expect(requestContext({ url: '/p', header: get }).scope.user_data?.client_user_agent).toBe('UA/1')
  expect(
    requestContext({ url: '/', header: fail, remoteAddress: '10.0.0.1' }, { trustedProxies: fail })
      .scope,
  ).toMatchObject({ action_source: 'website' })
  expect(requestContext({ url: '/', header: get }, { random: fail }).setCookies).toEqual([])
})

it('reads X-Forwarded-For in lines as in one, and cookies too', () => {
  const lines: Record<string, readonly string[]> = {
    'x-forwarded-for': ['6.6.6.6', '203.0.113.7'],
    cookie: ['a=b', '_fbp=fb.1.1596403881668.7'],
  }
  const request = {
    url: 'https://s.example/',
    remoteAddress: '10.0.0.1',
    header: (name: string) => lines[name],
  }
  const { scope } = requestContext(request, { trustedProxies: 1 })
  expect(scope.user_data).toMatchObject({
    client_ip_address: '203.0.113.7',
    fbp: 'fb.1.1596403881668.7',
  })
})

it('normalises objects that only look like dates to nothing', () => {
  expect(normalizeField('db', Object.create(Date.prototype))).toBeUndefined()
})
