import { expect, it } from 'vitest'
import { asksForScript, collect, collectorOptions } from '../../src/collector.ts'
import { createCapi } from '../../src/index.ts'

const SCRIPT = { name: 'c.0123456789ab.js', text: 'window.capi = {}' }
const BASE = { allowedOrigins: ['https://shop.example'], events: ['ViewContent'] } as const
const options = collectorOptions({ ...BASE, script: SCRIPT })
const tracker = createCapi({ pixelId: '1234567890', accessToken: 't', enabled: false }).with({
  action_source: 'website',
})

const get = (path: string, init?: RequestInit, ready = options) =>
  collect(new Request(`https://shop.example/events/${path}`, init), tracker, ready)

it('lets browsers keep the script under its own name, and revalidates c.js', async () => {
  const own = await get(SCRIPT.name)
  expect([own.status, await own.text()]).toEqual([200, SCRIPT.text])
  expect(own.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(own.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  const current = await get('c.js?v=2')
  expect([current.status, await current.text()]).toEqual([200, SCRIPT.text])
  expect(current.headers.get('cache-control')).toBe('no-cache')
})

it('answers 304 to who has it, also through a proxy that compresses', async () => {
  const etag = String((await get('c.js')).headers.get('etag'))
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
    const again = await get('c.js', { headers: { 'if-none-match': known } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  }
  expect((await get('c.js', { headers: { 'if-none-match': '"c.old.js"' } })).status).toBe(200)
  expect(await (await get('c.js', { method: 'HEAD' })).text()).toBe('')
})

it.each(['c.ffffffffffff.js', 'c.js.map', 'xc.js', ''])('serves nothing else: %s', async (path) => {
  expect((await get(path)).status).toBe(405)
})

it('serves no script that it was not given', async () => {
  const bare = collectorOptions(BASE)
  expect((await get('c.js', {}, bare)).status).toBe(405)
  expect(asksForScript({ method: 'GET', url: '/events/c.js' }, bare)).toBe(false)
  expect(asksForScript({ method: 'GET', url: '/events/c.js' }, options)).toBe(true)
  expect(asksForScript({ method: 'POST', url: '/events/c.js' }, options)).toBe(false)
})

it.each([null, 'c.js', { name: '../secret', text: '' }, { name: 'c.1.js' }])(
  'refuses a script that is none: %j',
  (script) => {
    expect(() => collectorOptions({ ...BASE, script: script as never })).toThrow('Option script')
  },
)
