import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import { event, now, post, refusal, TOKEN } from '../support.ts'

const URL_ = 'https://graph.facebook.com/v25.0/42/events'
const many = (length: number) => ({ data: Array.from({ length }, () => event()) })

describe('the rules about a call', () => {
  it('refuses a call without a token with 401 and code 190, without a subcode', async () => {
    const emulator = createEmulator({ now })
    const answer = await refusal(await post(emulator, { data: [event()] }, { authorization: '' }))
    expect(answer).toMatchObject({ status: 401, rule: 'token_missing', error: { code: 190 } })
    expect(answer.error).not.toHaveProperty('error_subcode')
  })

  it.each([
    ['the header', URL_, { authorization: `Bearer ${TOKEN}` }, {}],
    ['the query', `${URL_}?access_token=${TOKEN}`, {}, {}],
    ['the body', URL_, {}, { access_token: TOKEN }],
  ])('takes the token from %s', async (_where, url, headers, body) => {
    const emulator = createEmulator({ now })
    const response = await emulator.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ data: [event()], ...body }),
    })
    expect(response.status).toBe(200)
    expect(emulator.events()[0]?.token).toBe('…wxyz')
  })

  it.each([
    ['a body that is not JSON', 'body_unreadable', '{"data": ['],
    ['a body that is not an object', 'body_unreadable', '[]'],
    ['a missing list', 'data_invalid', {}],
    ['a list that is an object', 'data_invalid', { data: {} }],
    ['an empty list', 'data_invalid', { data: [] }],
    ['an entry that is not an object', 'data_invalid', { data: [event(), 'x'] }],
    ['more than 1,000 events', 'batch_too_large', many(1001)],
  ])('refuses %s with code 100', async (_what, rule, body) => {
    const answer = await refusal(await post(createEmulator({ now }), body))
    expect(answer).toMatchObject({ status: 400, rule, error: { code: 100 } })
  })

  it('takes 1,000 events', async () => {
    const response = await post(createEmulator({ now }), many(1000))
    expect(await response.json()).toMatchObject({ events_received: 1000 })
  })

  it('takes a form whose data is JSON text', async () => {
    const emulator = createEmulator({ now })
    const response = await emulator.fetch(URL_, {
      method: 'POST',
      body: new URLSearchParams({ data: JSON.stringify([event()]), access_token: TOKEN }),
    })
    expect(response.status).toBe(200)
    expect(emulator.events()).toHaveLength(1)
  })

  it('refuses a path without a version and says so', async () => {
    const emulator = createEmulator({ now })
    const answer = await refusal(await emulator.fetch('/42/events', { method: 'POST' }))
    expect(answer).toMatchObject({ status: 400, rule: 'version_missing', error: { code: 100 } })
    expect(answer.error['message']).toContain('version')
  })

  it('answers an unknown path with 404 in the shape of Meta', async () => {
    const answer = await refusal(await createEmulator().fetch('/v25.0/42/nothing'))
    expect(answer).toMatchObject({ status: 404, error: { type: 'OAuthException' } })
  })
})
