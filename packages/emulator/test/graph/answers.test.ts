import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import { event, HASH, now, post, refusal, TOKEN } from '../support.ts'

const emulator = createEmulator({ now })

describe('an answer', () => {
  it('has the body and the headers of Graph when events were taken', async () => {
    const user_data = { em: HASH, client_user_agent: 'UA/1' }
    const good = event({ event_source_url: 'https://shop.example/', user_data })
    const response = await post(emulator, { data: [good] })
    const body = (await response.json()) as { fbtrace_id: string }
    expect(body).toEqual({
      events_received: 1,
      messages: [],
      fbtrace_id: expect.stringMatching(/^A[\w-]{20,}$/),
    })
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/json; charset=UTF-8',
      'access-control-allow-origin': '*',
      'facebook-api-version': 'v27.0',
      'x-fb-trace-id': body.fbtrace_id,
    })
  })

  it('comments on what is taken and wasted, once for each kind, without a value or a low finding', async () => {
    const wasteful = event({
      event_source_url: 'shop.example/cart?email=jane@example.com',
      user_data: { em: HASH, client_user_agent: 'UA/1', client_ip_address: '10.0.0.7' },
      custom_data: { value: 5, currency: 'eur' },
    })
    const response = await post(emulator, { data: [wasteful, wasteful, event()] })
    const { messages } = (await response.json()) as { messages: readonly string[] }
    expect(messages.map((message) => message.split(':')[0])).toEqual([
      'event_source_url',
      'user_data.client_ip_address',
      'event_source_url', // The one has an e-mail address, the other is absent.
      'user_data.client_user_agent',
    ])
    expect(messages.join()).not.toMatch(/jane|10\.0\.0\.7|eur/)
  })

  it('says in lenient mode what Meta would refuse', async () => {
    const lenient = createEmulator({ now, mode: 'lenient' })
    const response = await post(lenient, { data: [event({ event_name: '' }), event()] })
    const { messages } = (await response.json()) as { messages: readonly string[] }
    expect(messages[0]).toBe(
      "Meta would refuse this call: The parameter $['data'][0]['event_name'] is required. Set event_name to a standard event such as Purchase, or to your own name.",
    )
  })

  it('has the whole shape of an error when Meta knows a subcode', async () => {
    const response = await post(emulator, { data: [event({ user_data: {} })] })
    const { headers } = response
    const { error } = await refusal(response)
    expect(error).toEqual({
      message: 'Invalid parameter',
      type: 'OAuthException',
      code: 100,
      error_subcode: 2804050,
      is_transient: false,
      error_user_title: expect.any(String),
      error_user_msg: expect.any(String),
      error_data: { blame_field_specs: [["$['data'][0]['user_data']"]] },
      fbtrace_id: headers.get('x-fb-trace-id'),
    })
    expect(headers.get('facebook-api-version')).toBe('v27.0')
  })

  it('has no more than a message when a token is refused', async () => {
    const response = await post(emulator, { data: [event()] }, { authorization: '' })
    const { error } = await refusal(response)
    expect(Object.keys(error).toSorted()).toEqual(['code', 'fbtrace_id', 'message', 'type'])
  })

  it('lets a page ask before it calls', async () => {
    const response = await emulator.fetch('/v27.0/42/events', { method: 'OPTIONS' })
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-headers')).toContain('authorization')
  })
})

describe('a Gateway', () => {
  const send = (to: typeof emulator, body: object) =>
    to.fetch('/capi/42/events', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  it('takes its key from the body, keeps four characters of it, and says 202', async () => {
    emulator.clear()
    const response = await send(emulator, { accessKey: TOKEN, data: [event()] })
    expect(response.status).toBe(202)
    expect(emulator.events()).toMatchObject([
      { status: 'processed', pixel_id: '42', token: '…wxyz' },
    ])
  })

  it('says 202 to what Meta will refuse, and names the rule', async () => {
    emulator.clear()
    const response = await send(emulator, { accessKey: TOKEN, data: [event({ user_data: {} })] })
    expect(response.status).toBe(202)
    expect(response.headers.get('x-capi-emulator-rule')).toBe('identity_too_thin')
    expect(emulator.events()).toMatchObject([{ status: 'refused' }])
  })

  it('refuses at once in strict mode, and a call that is none in every mode', async () => {
    const strict = createEmulator({ now, mode: 'strict' })
    const thin = await send(strict, { accessKey: TOKEN, data: [event({ user_data: {} })] })
    expect(await refusal(thin)).toMatchObject({ status: 400, rule: 'identity_too_thin' })
    const empty = await send(emulator, { accessKey: TOKEN })
    expect(await refusal(empty)).toMatchObject({ status: 400, rule: 'data_invalid' })
  })

  it('keeps a key out of sight that was put into an event', async () => {
    emulator.clear()
    await send(emulator, { data: [event({ accessKey: TOKEN })] })
    expect(JSON.stringify(emulator.events())).not.toContain('EAAB')
    expect(emulator.events()).toMatchObject([{ error: { rule: 'access_key_missing' } }])
  })
})
