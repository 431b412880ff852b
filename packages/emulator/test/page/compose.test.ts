import { describe, expect, it } from 'vitest'
import { buildFault, type FaultDraft } from '../../page/src/model/build-fault.ts'
import { sha256 } from '../../page/src/model/check-plaintext.ts'
import {
  buildBody,
  newDraft,
  pixelQuery,
  prepareCustomer,
} from '../../page/src/model/compose-draft.ts'
import { describeFault } from '../../page/src/model/describe-fault.ts'
import { samplePair } from '../../page/src/model/sample.ts'
import { createEmulator } from '../../src/index.ts'
import { post } from '../support.ts'

describe('Compose', () => {
  it('prepares, hashes and leaves out what is empty', async () => {
    const prepared = await prepareCustomer(
      { em: ' Jane@Example.com', ph: '+49 (151) 23', fn: '', fbp: 'fb.1.1.2' },
      async (text) => `sha(${text})`,
    )
    const draft = {
      ...newDraft(0, ''),
      event_id: '',
      event_source_url: '',
      currency: 'EUR',
      value: '5',
    }
    expect(buildBody(draft, prepared, 1_793_491_200_999)).toEqual({
      data: [
        {
          event_name: 'Purchase',
          event_time: 1_793_491_200,
          action_source: 'website',
          user_data: { em: 'sha(jane@example.com)', ph: 'sha(4915123)', fbp: 'fb.1.1.2' },
          custom_data: { value: 5, currency: 'EUR' },
        },
      ],
    })
  })

  it('starts with an event that the emulator takes, and a browser half that pairs with it', async () => {
    const emulator = createEmulator()
    const draft = newDraft(Date.now(), 'Mozilla/5.0')
    const body = buildBody(draft, await prepareCustomer(draft.customer, sha256), Date.now())
    await emulator.fetch(`/tr?${pixelQuery({ ...draft, pixelId: '42' })}`)
    const response = await post(emulator, body)
    expect(response.status).toBe(200)
    expect(emulator.pairs().pairs).toHaveLength(1)
  })
})

describe('the sample pair', () => {
  it('is counted once', async () => {
    const emulator = createEmulator()
    const { browserQuery, serverBody } = samplePair(Date.now())
    await emulator.fetch(`/tr?${browserQuery}`)
    await emulator.fetch('/v27.0/1234567890/events', {
      method: 'POST',
      headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
      body: JSON.stringify(serverBody),
    })
    expect(emulator.pairs().pairs).toHaveLength(1)
  })
})

describe('a fault of one’s own', () => {
  const draft: FaultDraft = {
    type: 'error',
    status: '503',
    code: '2',
    subcode: '',
    isTransient: true,
    ms: '',
    received: '',
    event_name: 'Purchase',
    pixel_id: '',
    percent: '50',
    times: '3',
  }

  it('is what the emulator takes, in one sentence', () => {
    const rule = buildFault(draft)
    expect(rule).toEqual({
      action: { type: 'error', status: 503, code: 2, is_transient: true },
      match: { event_name: 'Purchase' },
      probability: 0.5,
      times: 3,
    })
    expect(describeFault(rule)).toBe('HTTP 503, code 2 on Purchase, 50 % of calls')
    expect(() => createEmulator().fail(rule)).not.toThrow()
  })

  it.each([
    'html',
    'latency',
    'timeout',
    'reset',
    'process_then_cut',
    'slow_loris',
    'malformed',
    'received',
  ] as const)('may be %s', (type) => {
    const rule = buildFault({ ...draft, type, status: '502' })
    expect(() => createEmulator().fail(rule)).not.toThrow()
    expect(describeFault(rule)).toMatch(/ on Purchase, 50 % of calls$/)
  })
})
