import { describe, expect, it } from 'vitest'
import { type Environment, planStart } from '../src/start-plan.ts'

const IDENTITY = { META_PIXEL_ID: '99887766', META_CAPI_ACCESS_TOKEN: 'own-token' }

describe('planStart', () => {
  it.each<[name: string, environment: Environment, destination: object, shopPort: number]>([
    ['uses the emulator when nothing is set', {}, { kind: 'emulator', port: 2274 }, 3000],
    [
      'takes both ports',
      { PORT: '8080', EMULATOR_PORT: '9090' },
      { kind: 'emulator', port: 9090 },
      8080,
    ],
    ['takes 0 for any free port', { PORT: '0' }, { kind: 'emulator', port: 2274 }, 0],
    ['keeps to the emulator with an own token', IDENTITY, { kind: 'emulator', port: 2274 }, 3000],
    [
      'uses a server that already runs',
      { CAPI_BASE_URL: 'http://127.0.0.1:4000' },
      { kind: 'server', url: 'http://127.0.0.1:4000' },
      3000,
    ],
    [
      'goes to Meta when CAPI_BASE_URL is empty',
      { ...IDENTITY, CAPI_BASE_URL: '' },
      { kind: 'meta', testEventCode: undefined },
      3000,
    ],
    [
      'knows the test code',
      { ...IDENTITY, CAPI_BASE_URL: '', META_TEST_EVENT_CODE: 'TEST123' },
      { kind: 'meta', testEventCode: 'TEST123' },
      3000,
    ],
    [
      'takes META_DATASET_ID for the pixel id',
      { META_DATASET_ID: '99887766', META_CAPI_ACCESS_TOKEN: 'own-token', CAPI_BASE_URL: '' },
      { kind: 'meta', testEventCode: undefined },
      3000,
    ],
  ])('%s', (_name, environment, destination, shopPort) => {
    expect(planStart(environment)).toMatchObject({ ok: true, plan: { destination, shopPort } })
  })

  it('brings an id and a token for the emulator', () => {
    expect(planStart({})).toMatchObject({
      plan: {
        environment: { META_PIXEL_ID: '1234567890', META_CAPI_ACCESS_TOKEN: 'emulator-token' },
      },
    })
  })

  it('prefers the own id and token', () => {
    expect(planStart(IDENTITY)).toMatchObject({ plan: { environment: IDENTITY } })
  })

  it.each<[environment: Environment, problem: RegExp]>([
    [{ CAPI_BASE_URL: '' }, /META_PIXEL_ID and META_CAPI_ACCESS_TOKEN are not set/],
    [{ CAPI_BASE_URL: '', META_PIXEL_ID: '99887766' }, /META_CAPI_ACCESS_TOKEN is not set/],
    [{ CAPI_BASE_URL: '', META_CAPI_ACCESS_TOKEN: 'own-token' }, /META_PIXEL_ID is not set/],
    [{ PORT: 'eighty' }, /^PORT must be/],
    [{ EMULATOR_PORT: '70000' }, /^EMULATOR_PORT must be/],
  ])('refuses %j', (environment, problem) => {
    expect(planStart(environment)).toEqual({
      ok: false,
      problem: expect.stringMatching(problem),
    })
  })

  it('never repeats the token in a problem', () => {
    const result = planStart({ CAPI_BASE_URL: '', META_CAPI_ACCESS_TOKEN: 'own-token' })
    expect(JSON.stringify(result)).not.toContain('own-token')
  })
})
