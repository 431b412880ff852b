import { createCapi } from '@capi/core'
import { startEmulator } from '@capi/emulator'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { PIXEL, page, person } from '../core-tests.ts'

const EVENTS = 20

describe('over HTTP', async () => {
  const emulator = await startEmulator({ port: 0 })
  afterAll(() => emulator.close())
  beforeEach(() => {
    emulator.clear()
    emulator.faults.clear()
  })
  const paused = (capi: ReturnType<typeof newClient>) =>
    expect
      .poll(async () => (await capi.stats()).pixels[PIXEL]?.state, { timeout: 30_000 })
      .toBe('paused')

  const log: string[] = []
  const newClient = () =>
    createCapi({
      pixelId: PIXEL,
      accessToken: 'secret-token',
      baseUrl: emulator.url,
      batch: { maxEvents: EVENTS, maxWaitMs: 5 },
      logger: { warn: (text) => log.push(text), error: (text) => log.push(text) },
    })

  it.each([
    [101, undefined],
    [2500, undefined],
    [12, undefined],
    [100, 2044055],
    [100, 1404163],
    [200, 1404163],
  ])('%i/%s pauses the lane after one request of twenty events', async (code, error_subcode) => {
    log.length = 0
    const capi = newClient()
    const end = emulator.fail({
      action: { type: 'error', status: 400, code, ...(error_subcode && { error_subcode }) },
    })
    const ids = Array.from({ length: EVENTS }, (_one, n) => `order.${n}`)
    await Promise.all(
      ids.map((event_id) => capi.track('Lead', {}, { ...page, ...person, event_id })),
    )
    await paused(capi)
    expect(emulator.faults.list().map(({ hits }) => hits)).toEqual([1])
    expect((await capi.stats()).pixels[PIXEL]).toMatchObject({ state: 'paused', queued: EVENTS })
    expect(log).toEqual([expect.stringContaining('Delivery is paused. Events stay queued')])
    end()
    emulator.faults.clear()
    await capi.close({ timeoutMs: 0 })
  })

  it('has a line of its own for an expired token, a missing permission and an unknown dataset', async () => {
    log.length = 0
    for (const preset of ['token-expired', 'permission', 'unknown-dataset'] as const) {
      const capi = newClient()
      const end = emulator.fail({ preset })
      await capi.track('Lead', {}, { ...page, ...person, event_id: preset })
      await paused(capi)
      end()
      await capi.close({ timeoutMs: 0 })
    }
    const lines = log.filter((line) => line.includes('paused'))
    const kept =
      'Delivery is paused. Events stay queued until Meta no longer accepts them (7 days); every few minutes one request tries again.'
    expect(lines.map((line) => line.replace(/fbtrace_id [\w-]+/, 'fbtrace_id A'))).toEqual([
      `@capi/core: pixel ${PIXEL}: Meta refused the request: the access token has expired. ${kept} Make a new token in Events Manager and restart the application with it; a system user’s token can be made without an expiry date. (meta_190_463, fbtrace_id A)`,
      `@capi/core: pixel ${PIXEL}: Meta refused the request: the access token has no permission for this dataset. ${kept} Assign the dataset to the system user of the token in Business Manager, or make a token for it in Events Manager. (meta_200, fbtrace_id A)`,
      `@capi/core: pixel ${PIXEL}: Meta refused the request: the dataset does not exist, or this access token may not see it. ${kept} Compare pixelId with the dataset ID in Events Manager, and check that the token was made for that dataset. (meta_100_33, fbtrace_id A)`,
    ])
    expect(log.join()).not.toMatch(/muster|secret-token/i)
  })
})
