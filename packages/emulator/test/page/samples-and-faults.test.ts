import { describe, expect, it } from 'vitest'
import { buildFault, type FaultDraft } from '../../page/src/model/build-fault.ts'
import { describeFault } from '../../page/src/model/describe-fault.ts'
import { samplePair } from '../../page/src/model/sample.ts'
import { createEmulator } from '../../src/index.ts'

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
