import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import { event, HASH, now, post, refusal } from '../support.ts'

/** Taken, and of high severity. */
const wasted = event({ custom_data: { note: 'jane@example.com' } })
const thin = event({ user_data: {} })
/** Findings of medium severity only: a website event without page and user agent. */
const plain = event()

describe('a mode', () => {
  it('meta takes what costs matches, and refuses what Meta refuses', async () => {
    const emulator = createEmulator({ now })
    expect((await post(emulator, { data: [wasted, plain] })).status).toBe(200)
    expect((await post(emulator, { data: [plain, thin] })).status).toBe(400)
  })

  it('strict refuses the batch for the first finding of high severity', async () => {
    const emulator = createEmulator({ now, mode: 'strict' })
    expect((await post(emulator, { data: [plain] })).status).toBe(200)
    const answer = await refusal(await post(emulator, { data: [plain, wasted] }))
    expect(answer).toMatchObject({
      status: 400,
      rule: 'personal_data',
      error: { code: 100 },
    })
    expect(answer.text).toContain("$['data'][1]['custom_data']['note']")
    expect(emulator.events().map(({ error }) => error?.rule)).toEqual([
      undefined,
      'batch_refused',
      'personal_data',
    ])
  })

  it('strict names a finding without its value', async () => {
    const emulator = createEmulator({ now, mode: 'strict' })
    const custom_data = { note: 'jane@example.com' }
    const answer = await refusal(await post(emulator, { data: [event({ custom_data })] }))
    expect(answer.rule).toBe('personal_data')
    expect(answer.text).not.toContain('jane')
  })

  it('strict lets the refusals of Meta come first', async () => {
    const emulator = createEmulator({ now, mode: 'strict' })
    const answer = await refusal(await post(emulator, { data: [wasted, thin] }))
    expect(answer.rule).toBe('identity_too_thin')
  })

  it('lenient takes everything, and says at each event what Meta would refuse', async () => {
    const emulator = createEmulator({ now, mode: 'lenient' })
    const raw = event({ user_data: { em: 'jane@example.com', ph: HASH } })
    const response = await post(emulator, { data: [plain, thin, raw] })
    expect(response.headers.get('x-capi-emulator-rule')).toBe('identity_too_thin')
    expect(await response.json()).toMatchObject({ events_received: 3 })
    expect(emulator.events().map(({ status, error }) => [status, error?.rule])).toEqual([
      ['processed', undefined],
      ['processed', 'identity_too_thin'],
      ['processed', 'user_data_not_hashed'],
    ])
  })

  it('lenient takes a call without a token and without a version', async () => {
    const emulator = createEmulator({ now, mode: 'lenient' })
    const body = JSON.stringify({ data: [plain] })
    const response = await emulator.fetch('/42/events', { method: 'POST', body })
    expect(response.status).toBe(200)
    expect(emulator.events()).toMatchObject([
      { status: 'processed', error: { rule: 'token_missing' } },
    ])
  })

  it('is one of three', () => {
    expect(() => createEmulator({ mode: 'stict' as 'strict' })).toThrow(/meta, strict, lenient/)
  })
})
