import { sha256 } from '@capi/core'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { expect } from 'vitest'
import { shop as askingShop } from '../../src/consent-in-the-request.ts'
import { shop } from '../../src/express-purchase.ts'
import { subscribe } from '../../src/fetch-request.ts'
import { shop as queueingShop, work } from '../../src/job-with-saved-context.ts'
import { handlerOf } from '../../src/lambda.ts'
import { appWith } from '../../src/nest-service.ts'
import { site } from '../../src/one-page-view-of-pixel-and-server.ts'
import { shop as knowingShop } from '../../src/user-from-the-session.ts'
import { received } from '../desk.ts'
import { serve } from '../serve.ts'
import type { Table } from './task.ts'

const POST = { method: 'POST' }

/** Tasks of applications that take requests. */
export const SERVER_TASKS: Table = {
  'express-purchase': async ({ capi, emulator }) => {
    await serve(shop({ client: capi }), async (request) => {
      const answer = await request('/checkout', POST)
      expect(await answer.json()).toEqual({ eventID: 'order.1001' })
    })
    await capi.close()
    expect(received(emulator, 'payload')).toEqual([
      {
        event_name: 'Purchase',
        event_id: 'order.1001',
        status: 'processed',
        payload: expect.objectContaining({
          action_source: 'website',
          custom_data: { value: 12.5, currency: 'EUR', order_id: '1001', content_ids: ['mug'] },
          user_data: expect.objectContaining({
            em: [sha256('anna.muster@example.com')],
            fbp: 'fb.1.1790000000000.123456789',
          }),
        }),
      },
    ])
  },

  'user-from-the-session': async ({ capi, emulator }) => {
    await serve(knowingShop({ client: capi }), async (request) => {
      await request('/wishes', { ...POST, headers: { authorization: 'Bearer 7' } })
      await request('/wishes', POST)
    })
    await capi.close()
    const people = emulator.events().map(({ payload }) => Object.keys(Object(payload['user_data'])))
    expect(people).toEqual([
      expect.arrayContaining(['external_id', 'em']),
      expect.not.arrayContaining(['external_id', 'em']),
    ])
  },

  'consent-in-the-request': async ({ capi, emulator }) => {
    await serve(askingShop({ client: capi }), async (request) => {
      const ask = async (path: string, answer: Record<string, string>) =>
        (await request(path, { ...POST, headers: answer })).json()
      expect(await ask('/newsletter', { 'x-consent': 'yes' })).toMatchObject({
        outcome: 'accepted',
      })
      expect(await ask('/newsletter', { 'x-consent': 'no' })).toMatchObject({ reason: 'consent' })
      expect(await ask('/newsletter', {})).toMatchObject({ outcome: 'held' })
      expect(await ask('/consent', {})).toMatchObject({ outcome: 'held' })
    })
    await capi.close()
    expect(
      emulator
        .events()
        .map(({ event_name }) => event_name)
        .sort(),
    ).toEqual(['Contact', 'Lead'])
    expect((await capi.stats()).dropped.consent).toBe(2)
  },

  'one-page-view-of-pixel-and-server': async ({ capi, emulator }) => {
    await serve(site({ client: capi }), async (request) => {
      const page = await (await request('/', { headers: { accept: 'text/html' } })).text()
      const id = /eventID: '([^']+)'/.exec(page)?.[1] ?? ''
      await emulator.fetch(`https://www.facebook.com/tr?id=1234567890&ev=PageView&eid=${id}`)
    })
    await capi.close()
    expect(emulator.events().map(({ status }) => status)).toEqual(['processed', 'deduplicated'])
    expect(emulator.pairs().pairs).toHaveLength(1)
  },

  'job-with-saved-context': async ({ capi, emulator }) => {
    const queue: string[] = []
    await serve(queueingShop({ client: capi }, queue), (request) => request('/order', POST))
    expect(await work(capi, queue[0] ?? '')).toMatchObject({ outcome: 'accepted' })
    await capi.close()
    const [event] = emulator.events()
    expect(event?.payload).toMatchObject({
      action_source: 'website',
      event_id: 'order.1001',
      user_data: { fbp: 'fb.1.1790000000000.123456789', client_user_agent: /Mozilla/ },
    })
  },

  'nest-service': async ({ capi, emulator }) => {
    const app = await NestFactory.create<NestExpressApplication>(appWith({ client: capi }), {
      logger: false,
      abortOnError: false,
    })
    await app.listen(0, '127.0.0.1')
    try {
      const answer = await fetch(`${await app.getUrl()}/orders`, POST)
      expect(await answer.json()).toEqual({ outcome: 'accepted' })
    } finally {
      await app.close()
    }
    await capi.close()
    expect(received(emulator)).toEqual([
      { event_name: 'Purchase', event_id: 'order.1001', status: 'processed' },
    ])
  },

  lambda: async ({ emulator, options }) => {
    const handle = handlerOf(options)
    const body = JSON.stringify({ email: 'anna.muster@example.com' })
    expect(await handle({ body })).toEqual({ statusCode: 200, body: '1 0' })
    expect(emulator.events()).toHaveLength(1)
  },

  'fetch-request': async ({ capi, emulator }) => {
    const headers = {
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)',
      'x-forwarded-for': '203.0.113.7',
    }
    const request = new Request('https://shop.example/?fbclid=IwAR0abc', { headers })
    const response = await subscribe(capi, request)
    expect(await response.text()).toBe('accepted')
    expect(response.headers.getSetCookie()).toHaveLength(2)
    await capi.close()
    expect(emulator.events()[0]?.payload).toMatchObject({
      event_source_url: expect.stringContaining('https://shop.example/'),
      user_data: { client_ip_address: '203.0.113.7' },
    })
  },
}
