import { request as httpRequest } from 'node:http'
import { describe, expect, it } from 'vitest'
import { mount, ORIGIN, type Sending, sending, VIEW } from './mount-collector.ts'

describe('refuses, and answers as ever:', () => {
  const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
  it.each<[refusal: string, name: string, how: Sending]>([
    ['origin_not_allowed', 'no origin', { origin: null }],
    ['origin_not_allowed', 'another origin', { origin: 'https://evil.example' }],
    ['origin_not_allowed', 'the origin on http', { origin: 'http://shop.example' }],
    ['origin_not_allowed', 'a subdomain', { origin: 'https://a.shop.example' }],
    [
      'origin_not_allowed',
      'an origin that begins alike',
      { origin: 'https://shop.example.evil.example' },
    ],
    ['origin_not_allowed', 'a sandbox without the opt-in', { origin: 'null' }],
    ['content_type', 'a form', { type: 'application/x-www-form-urlencoded' }],
    ['content_type', 'a file', { type: 'multipart/form-data; boundary=x' }],
    ['content_type', 'a packed body', { headers: { 'content-encoding': 'gzip' } }],
    ['body_too_large', 'a large body', { body: sending({ pad: 'x'.repeat(17_000) }) }],
    ['malformed', 'no JSON', { body: '{"event_name":' }],
    ['malformed', 'nothing', { body: '' }],
    ['malformed', 'a list', { body: JSON.stringify([VIEW]) }],
    ['malformed', 'a text', { body: '"ViewContent"' }],
    ['malformed', 'no event id', { body: sending({ event_id: undefined }) }],
    ['malformed', 'a numeric event name', { body: sending({ event_name: 1 }) }],
    ['malformed', 'a long event id', { body: sending({ event_id: 'x'.repeat(129) }) }],
    ['malformed', 'custom data that is a list', { body: sending({ custom_data: [] }) }],
    [
      'malformed',
      'a deep body',
      { body: `{"event_name":"ViewContent","event_id":"1","custom_data":${deep(6)}}` },
    ],
    ['malformed', 'a very deep body', { body: deep(2_000) }],
    [
      'malformed',
      'many values',
      { body: sending({ custom_data: { content_ids: Array.from({ length: 1_001 }, () => 1) } }) },
    ],
    [
      'malformed',
      'a prototype',
      { body: '{"event_name":"ViewContent","event_id":"1","custom_data":{"__proto__":{"a":1}}}' },
    ],
    ['event_not_allowed', 'an event that is not listed', { body: sending({ event_name: 'Lead' }) }],
    [
      'event_not_allowed',
      'an event of the prototype',
      { body: sending({ event_name: 'constructor' }) },
    ],
    [
      'signature_invalid',
      'a purchase that is not signed',
      { body: sending({ event_name: 'Purchase', custom_data: { value: 1, currency: 'EUR' } }) },
    ],
    [
      'signature_invalid',
      'a purchase with a made-up signature',
      { body: sending({ event_name: 'Purchase', signed: 'e30.e30' }) },
    ],
  ])('%s: %s', async (refusal, _name, how) => {
    const { post, sent, refusals, log } = await mount()
    const response = await post(how)
    expect(response.status).toBe(204)
    expect(await response.text()).toBe('')
    await post(how)
    expect(refusals).toEqual([refusal, refusal])
    expect(log).toEqual([expect.stringMatching(new RegExp(`^@capi/express: ${refusal}\\. `))])
    expect(await sent()).toEqual([])
  })

  it('the same head and body, whether an event was taken or not', async () => {
    const { post, refusals } = await mount()
    const heads = []
    for (const body of [
      JSON.stringify(VIEW),
      '{',
      sending({ event_name: 'Lead' }),
      sending({ event_name: 'Purchase', signed: 'x.y' }),
    ]) {
      const { status, headers } = await post({ body })
      heads.push([status, ...headers].filter((one) => !(Array.isArray(one) && one[0] === 'date')))
    }
    expect(new Set(heads.map((head) => JSON.stringify(head))).size).toBe(1)
    expect(refusals).toHaveLength(3)
  })

  it('a body without a stated length is cut at the limit', async () => {
    const { url, refusals } = await mount()
    const status = await new Promise((resolve) => {
      const req = httpRequest(url, {
        method: 'POST',
        headers: { origin: ORIGIN, 'content-type': 'text/plain', 'transfer-encoding': 'chunked' },
      })
      req.on('response', (res) => resolve(res.resume().statusCode))
      req.on('error', () => resolve('cut'))
      for (let chunk = 0; chunk < 20; chunk++) req.write('x'.repeat(1_000))
    })
    expect([204, 'cut']).toContain(status)
    expect(refusals).toEqual(['body_too_large'])
  })
})
