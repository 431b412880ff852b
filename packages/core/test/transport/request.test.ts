import { createHmac } from 'node:crypto'
import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel'
import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import type { CapiChannels } from '../../src/index.ts'
import { PIXEL, page, person, purchase, TOKEN, testWorld } from '../test-world.ts'

it('proves with every request that it knows the app’s secret, when it is given', async () => {
  const { network, client } = testWorld()
  const capi = client({ appSecret: 'app-secret', testEventCode: 'TEST1', partnerAgent: 'shop-kit' })
  await capi.track('Purchase', purchase, { ...page, ...person })
  await capi.close()
  expect(network.requests[0]?.body).toMatchObject({
    appsecret_proof: createHmac('sha256', 'app-secret').update(TOKEN).digest('hex'),
    test_event_code: 'TEST1',
    partner_agent: 'shop-kit',
  })
  expect(JSON.stringify(network.requests[0]?.body)).not.toMatch(/secret-token|app-secret/)
})

it('sends to a Gateway: its path, its key, and 202 is its yes', async () => {
  const { network, client } = testWorld()
  const gateway = { url: 'https://capig.shop.example/', accessKey: 'gateway-key' }
  const capi = client({ accessToken: undefined, gateway })
  network.answer(new Response('accepted', { status: 202 }))
  await capi.track('Purchase', purchase, { ...page, ...person })
  expect(await capi.close()).toEqual({ delivered: 1, dropped: 0, queued: 0 })
  expect(network.requests[0]?.url).toBe(`https://capig.shop.example/capi/${PIXEL}/events`)
  expect(network.requests[0]?.body).toMatchObject({ accessKey: 'gateway-key' })
  expect(network.requests[0]?.headers.get('authorization')).toBeNull()
})

it('takes no other status for a Gateway’s yes', async () => {
  const { clock, network, client } = testWorld()
  const gateway = { url: 'https://capig.shop.example', accessKey: 'gateway-key' }
  const capi = client({ gateway })
  network.answer(new Response('<html>', { status: 200 }), new Response('', { status: 202 }))
  await capi.track('Purchase', purchase, { ...page, ...person })
  await clock.advance(200)
  expect((await capi.stats()).pixels[PIXEL]).toMatchObject({ state: 'retrying', queued: 1 })
  await clock.advance(1_000)
  expect((await capi.stats()).delivered).toBe(1)
})

it('publishes requests and their ends on Node’s diagnostics channels, without personal data', async () => {
  const { clock, network, client } = testWorld()
  const heard: [string, unknown][] = []
  const names = ['capi:request', 'capi:settle'] satisfies (keyof CapiChannels)[]
  const hear = (message: unknown, name: string | symbol) => void heard.push([String(name), message])
  for (const name of names) subscribe(name, hear)
  const capi = client()
  network.answer(new Response('<html>', { status: 502 }))
  await capi.track('Purchase', purchase, { ...page, ...person })
  await clock.advance(200)
  await clock.advance(1_000)
  for (const name of names) unsubscribe(name, hear)
  const about = { pixelId: PIXEL, events: 1 }
  const request = { ...about, host: 'graph.facebook.com', durationMs: 0 }
  expect(heard).toEqual([
    ['capi:request', { ...request, verdict: 'ambiguous', code: 'http_502', status: 502 }],
    ['capi:settle', { ...about, result: 'retry' }],
    [
      'capi:request',
      { ...request, verdict: 'delivered', code: 'delivered', status: 200, fbtrace_id: 'Atrace' },
    ],
    ['capi:settle', { ...about, result: 'delivered', oldestEventMs: expect.any(Number) }],
  ])
  expect(inspect(heard, { depth: 9 })).not.toMatch(/muster|secret-token/i)
  expect(channel('capi:request').hasSubscribers).toBe(false)
})
