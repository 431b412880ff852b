import { once } from 'node:events'
import { connect } from 'node:http2'
import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import { expect, it, onTestFinished } from 'vitest'
import { capiCollector, capiPlugin } from '../src/index.ts'
import { createWorld } from './world.ts'

it('serves HTTP/2: pages get cookies, routes track, and the collector takes a beacon', async () => {
  const { client, sent } = createWorld()
  const app = fastify({ http2: true })
  await app.register(capiPlugin, { client })
  await app.register(capiCollector, {
    prefix: '/events',
    allowedOrigins: ['https://shop.example'],
    events: ['Lead'],
  })
  app.get('/', async (request) => (await request.capi.track('ViewContent')).outcome)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const session = connect(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}`)
  onTestFinished(async () => {
    session.destroy()
    await app.close()
  })
  const ask = async (headers: Record<string, string>, body = '') => {
    const visit = { ':authority': 'shop.example', 'user-agent': 'UA/1', ...headers }
    const stream = session.request(visit, { endStream: body === '' })
    if (body !== '') stream.end(body)
    const [answer] = await once(stream, 'response')
    stream.resume()
    await once(stream, 'close')
    return answer
  }
  const page = await ask({ ':path': '/', accept: 'text/html' })
  expect(page[':status']).toBe(200)
  expect(page['set-cookie']).toEqual([expect.stringMatching(/^_fbp=/)])
  const beacon = { origin: 'https://shop.example', 'content-type': 'text/plain' }
  const taken = await ask(
    { ':path': '/events', ':method': 'POST', ...beacon },
    JSON.stringify({ event_name: 'Lead', event_id: 'lead.1' }),
  )
  expect(taken[':status']).toBe(204)
  expect((await sent()).map((event) => event['event_name'])).toEqual(['ViewContent', 'Lead'])
})
