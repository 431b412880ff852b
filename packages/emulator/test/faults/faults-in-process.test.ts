import { afterEach, describe, expect, it } from 'vitest'
import { createEmulator, type FaultAction, type FaultPreset } from '../../src/index.ts'
import { event, now, post, refusal } from '../support.ts'
import { collectGarbage } from './collect-garbage.ts'

const emulator = createEmulator({ now, random: () => 0.5 })
afterEach(() => {
  emulator.faults.clear()
  emulator.clear()
})

const send = (init: { signal?: AbortSignal } = {}) =>
  emulator.fetch('/v27.0/42/events', {
    method: 'POST',
    headers: { authorization: 'Bearer any-token', 'content-type': 'application/json' },
    body: JSON.stringify({ data: [event()] }),
    ...init,
  })
const statuses = () => emulator.events().map(({ status }) => status)
const fail = (action: FaultAction) => emulator.fail({ action })

describe('a fault, in process', () => {
  it('lasts until it is ended, and can be ended twice', async () => {
    const end = fail({ type: 'error', status: 500 })
    expect((await send()).status).toBe(500)
    end()
    end()
    expect((await send()).status).toBe(200)
    expect(emulator.faults.list()).toEqual([])
  })

  it('error answers as Meta would, and takes nothing', async () => {
    fail({
      type: 'error',
      status: 400,
      code: 613,
      error_subcode: 1_487_742,
      is_transient: true,
      headers: { 'Retry-After': '7' },
    })
    const response = await send()
    expect(response.headers.get('retry-after')).toBe('7')
    expect(response.headers.get('x-capi-emulator-fault')).toBe('error')
    expect(await refusal(response)).toMatchObject({
      status: 400,
      rule: null,
      error: { code: 613, error_subcode: 1_487_742, is_transient: true, type: 'OAuthException' },
    })
    expect(statuses()).toEqual(['faulted'])
  })

  it('error without a code is a bare status, html a page', async () => {
    fail({ type: 'error', status: 502 })
    expect(await (await send()).text()).toBe('')
    emulator.faults.clear()
    fail({ type: 'html', status: 504 })
    const response = await send()
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
    expect(await response.text()).toContain('504')
    expect(statuses()).toEqual(['faulted', 'faulted'])
  })

  it('strikes before the token is looked at', async () => {
    fail({ type: 'error', status: 503, code: 2 })
    expect((await post(emulator, { data: [event()] }, { authorization: '' })).status).toBe(503)
  })

  it('reset rejects as fetch does, and takes nothing', async () => {
    fail({ type: 'reset' })
    const error = await send().catch((one: unknown) => one)
    expect(error).toBeInstanceOf(TypeError)
    expect(error).toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } })
    expect(statuses()).toEqual(['faulted'])
  })

  it('process_then_cut takes the events and rejects', async () => {
    fail({ type: 'process_then_cut' })
    await expect(send()).rejects.toMatchObject({ cause: { code: 'UND_ERR_SOCKET' } })
    expect(statuses()).toEqual(['processed'])
  })

  it('timeout stays silent until the signal ends it', async () => {
    fail({ type: 'timeout' })
    const controller = new AbortController()
    let isSettled = false
    const sent = send({ signal: controller.signal }).finally(() => {
      isSettled = true
    })
    await new Promise((resolve) => setTimeout(resolve, 20))
    collectGarbage()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(isSettled).toBe(false)
    controller.abort(new Error('enough'))
    await expect(sent).rejects.toThrow('enough')
    expect(statuses()).toEqual(['faulted'])
  })

  it('ends by the signal of a Request that nobody holds', async () => {
    fail({ type: 'timeout' })
    const controller = new AbortController()
    const sent = expect(
      emulator.fetch(
        new Request('http://localhost/v27.0/42/events', {
          method: 'POST',
          signal: controller.signal,
        }),
      ),
    ).rejects.toThrow('enough')
    await new Promise((resolve) => setTimeout(resolve, 20))
    collectGarbage()
    await new Promise((resolve) => setTimeout(resolve, 20))
    controller.abort(new Error('enough'))
    await sent
  })

  it('latency takes the events at once and answers later; the signal need not wait', async () => {
    fail({ type: 'latency', ms: 20, spread: 20 })
    const before = performance.now()
    expect((await send()).status).toBe(200)
    expect(performance.now() - before).toBeGreaterThan(28)
    emulator.faults.clear()
    fail({ type: 'latency', ms: 60_000 })
    await expect(send({ signal: AbortSignal.timeout(10) })).rejects.toThrow(/timeout/)
    expect(statuses()).toEqual(['processed', 'processed'])
  })

  it('malformed cuts the answer in the middle of its JSON', async () => {
    fail({ type: 'malformed' })
    const response = await send()
    expect(response.status).toBe(200)
    await expect(response.json()).rejects.toThrow(SyntaxError)
    expect(statuses()).toEqual(['processed'])
  })

  it('headers come with the usual answer', async () => {
    emulator.fail({ preset: 'near-limit' })
    const response = await send()
    expect(await response.json()).toMatchObject({ events_received: 1 })
    expect(JSON.parse(response.headers.get('x-app-usage') ?? '')).toMatchObject({ call_count: 95 })
  })

  it('received counts fewer than were sent, but leaves a refusal alone', async () => {
    fail({ type: 'received', events_received: 0 })
    expect(await (await send()).json()).toMatchObject({
      events_received: 0,
      messages: [expect.any(String), expect.any(String)],
    })
    expect(statuses()).toEqual(['processed'])
    const answer = await refusal(await post(emulator, { data: [] }))
    expect(answer.rule).toBe('data_invalid')
  })

  it('slow_loris drips the answer, until the signal ends it', async () => {
    fail({ type: 'slow_loris', everyMs: 1 })
    expect(await (await send()).json()).toMatchObject({ events_received: 1 })
    emulator.faults.clear()
    fail({ type: 'slow_loris', everyMs: 60_000 })
    const controller = new AbortController()
    const response = await send({ signal: controller.signal })
    expect(response.status).toBe(200)
    const text = expect(response.text()).rejects.toThrow('enough')
    await new Promise((resolve) => setTimeout(resolve, 20))
    collectGarbage()
    await new Promise((resolve) => setTimeout(resolve, 20))
    controller.abort(new Error('enough'))
    await text
  })

  it('strikes a Gateway too', async () => {
    fail({ type: 'html', status: 502 })
    const body = JSON.stringify({ accessKey: 'a', data: [event()] })
    const headers = { 'content-type': 'application/json' }
    const response = await emulator.fetch('/capi/42/events', { method: 'POST', headers, body })
    expect(response.status).toBe(502)
  })

  it.each<[FaultPreset, object]>([
    ['rate-limit', { status: 400, error: { code: 80_004, is_transient: true } }],
    ['user-limit', { status: 400, error: { code: 17, is_transient: true } }],
    ['custom-limit', { status: 400, error: { code: 613, is_transient: true } }],
    ['blocked', { status: 400, error: { code: 368, is_transient: false } }],
    ['token-expired', { status: 401, error: { code: 190, error_subcode: 463 } }],
    ['permission', { status: 403, error: { code: 200 } }],
    ['unknown-dataset', { status: 400, error: { code: 100, error_subcode: 33 } }],
    ['outage', { status: 503, error: { code: 2, is_transient: true } }],
  ])('%s is known by name', async (preset, expected) => {
    emulator.fail({ preset })
    expect(await refusal(await send())).toMatchObject(expected)
  })

  it('answers as a proxy that finds no Meta behind it, in HTML', async () => {
    emulator.fail({ preset: 'bad-gateway' })
    const response = await send()
    expect(response.status).toBe(502)
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
    expect(await response.text()).toContain('<h1>Error 502</h1>')
  })

  it.each([2804004, 2804023, 2804065, 2804069, 2804073, 2804118, 2804131, 2804132, 2804133])(
    'says in words what the refusal 100/%d means',
    async (error_subcode) => {
      fail({ type: 'error', status: 400, code: 100, error_subcode })
      const { error } = await refusal(await send())
      expect(error).toMatchObject({ message: 'Invalid parameter', code: 100, error_subcode })
      expect(error['error_user_title']).toMatch(/\w{3}/)
      expect(error['error_user_msg']).toMatch(/\.$/)
    },
  )

  it('gives a subcode that stands for many rules, or for none known, no words of its own', async () => {
    for (const error_subcode of [2804019, 1]) {
      emulator.faults.clear()
      fail({ type: 'error', status: 400, code: 100, error_subcode })
      expect((await refusal(await send())).error).not.toHaveProperty('error_user_title')
    }
  })

  it('states the minutes of a rate limit, as Meta does', async () => {
    emulator.fail({ preset: 'rate-limit' })
    const usage = (await send()).headers.get('x-business-use-case-usage') ?? ''
    expect(Object.values(JSON.parse(usage) as object)).toMatchObject([
      [{ estimated_time_to_regain_access: 1, call_count: 100 }],
    ])
  })

  it('flaky spares a call whose chance does not come up', async () => {
    emulator.fail({ preset: 'flaky' })
    expect((await send()).status).toBe(200)
  })
})
