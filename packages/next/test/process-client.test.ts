import { createEmulator } from '@capi/emulator'
import { describe, expect, it, vi } from 'vitest'
import { processClient } from '../src/process-client.ts'

const env = (more: object = {}) => ({
  META_PIXEL_ID: '1234567890',
  META_CAPI_ACCESS_TOKEN: 'token',
  NODE_ENV: 'production',
  ...more,
})
const logger = { warn: vi.fn(), error: vi.fn() }

describe('the client of a process', () => {
  it('is one for all copies of a module, whose functions are never the same', () => {
    const make = () => processClient({ logger, onDropped() {}, batch: { maxEvents: 7 } }, env())
    expect(make()).toBe(make())
  })

  it.each([
    ['another dataset', { pixelId: '2345678901' }],
    ['another token', { accessToken: 'another' }],
    ['another limit in a group', { batch: { maxEvents: 8 } }],
  ])('is another for other options: %s', (_name, more) => {
    const one = processClient({ logger, batch: { maxEvents: 7 } }, env())
    expect(processClient({ logger, batch: { maxEvents: 7 }, ...more }, env())).not.toBe(one)
  })

  it('in development is replaced when an option was edited, and the earlier one delivers what it has', async () => {
    const emulator = createEmulator()
    const development = env({ NODE_ENV: 'development', META_PIXEL_ID: '3456789012' })
    const options = { logger, fetch: emulator.fetch }
    const before = processClient(options, development)
    const lead = { action_source: 'phone_call', user_data: { external_id: 7 } } as const
    await before.track('Lead', {}, { ...lead, event_id: 'lead.1' })
    const edited = processClient({ ...options, testEventCode: 'TEST1' }, development)
    expect(edited).not.toBe(before)
    expect(processClient({ ...options, testEventCode: 'TEST1' }, development)).toBe(edited)
    await emulator.waitForEvent({ event_id: 'lead.1' })
    expect(await before.track('Lead', {}, lead)).toMatchObject({ reason: 'closed' })
    // Edited back: the earlier client is closed, so another one takes its place.
    const again = processClient(options, development)
    expect(again).not.toBe(before)
    expect(await again.track('Lead', {}, lead)).toMatchObject({ outcome: 'accepted' })
    await again.close()
  })

  it('while the application is built opens no outbox, needs no token and says nothing', async () => {
    const outbox = { put: vi.fn(), recover: vi.fn(), counts: vi.fn() }
    const phase = { NEXT_PHASE: 'phase-production-build' }
    const client = processClient({ logger, outbox: outbox as never }, phase)
    expect(await client.track('Lead', {}, { action_source: 'other' })).toMatchObject({
      reason: 'disabled',
    })
    for (const call of Object.values(outbox)) expect(call).not.toHaveBeenCalled()
    expect(logger.warn).not.toHaveBeenCalled()
  })
})
