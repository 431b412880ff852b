import { describe, expect, it } from 'vitest'
import { createFaultStore } from '../../src/faults/fault-store.ts'
import type { FaultRule } from '../../src/index.ts'
import { refusal } from '../refusal.ts'

const CALL = { pixel_id: '42', event_names: ['Lead', 'Purchase'] }
const RESET: FaultRule = { action: { type: 'reset' } }
const outage = { type: 'error', status: 503, code: 2, is_transient: true }

describe('the faults asked for', () => {
  it('strike exactly so many times, and stay listed with their hits', () => {
    const faults = createFaultStore()
    faults.add({ ...RESET, times: 2 })
    expect([1, 2, 3, 4].map(() => faults.take(CALL)?.action.type)).toEqual([
      'reset',
      'reset',
      undefined,
      undefined,
    ])
    expect(faults.list()).toMatchObject([{ id: 1, hits: 2, times: 2 }])
  })

  it('strike in order: the first that fits and has hits left', () => {
    const faults = createFaultStore()
    faults.add({ match: { pixel_id: '7' }, action: { type: 'timeout' } })
    faults.add({ ...RESET, times: 1 })
    faults.add({ preset: 'outage' })
    expect([1, 2].map(() => faults.take(CALL)?.action.type)).toEqual(['reset', 'error'])
    expect(faults.list().map(({ hits }) => hits)).toEqual([0, 1, 1])
  })

  it('fit by dataset and by any event of the call; all keys given must fit', () => {
    const fits = (match: FaultRule['match']) => {
      const faults = createFaultStore()
      faults.add({ ...RESET, ...(match && { match }) })
      return faults.take(CALL) !== undefined
    }
    expect([
      fits(undefined),
      fits({}),
      fits({ event_name: 'Purchase' }),
      fits({ pixel_id: '42', event_name: 'Lead' }),
    ]).toEqual([true, true, true, true])
    expect([fits({ event_name: 'purchase' }), fits({ pixel_id: '7', event_name: 'Lead' })]).toEqual(
      [false, false],
    )
  })

  it('go by the chance they were given, drawn only for calls that fit', () => {
    const drawn = [0.29, 0.3, 0.99, 0]
    const faults = createFaultStore(() => drawn.shift() ?? Number.NaN)
    faults.add({ ...RESET, match: { pixel_id: '42' }, probability: 0.3 })
    expect(faults.take({ ...CALL, pixel_id: '7' })).toBeUndefined()
    expect([1, 2, 3, 4].map(() => faults.take(CALL)?.action.type)).toEqual([
      'reset',
      undefined,
      undefined,
      'reset',
    ])
    expect(faults.list()).toMatchObject([{ hits: 2 }])
  })

  it('know presets, whose chance a rule may change', () => {
    const drawn = [0.09, 0.1, 0.1]
    const faults = createFaultStore(() => drawn.shift() ?? Number.NaN)
    faults.add({ preset: 'flaky' })
    expect([faults.take(CALL)?.action, faults.take(CALL)]).toEqual([outage, undefined])
    faults.replaceAll([{ preset: 'flaky', probability: 0.5 }])
    expect(faults.take(CALL)?.action).toEqual(outage)
  })

  it('are replaced all together or not at all, and never reuse an id', () => {
    const faults = createFaultStore()
    faults.add(RESET)
    expect(() => faults.replaceAll([RESET, { probability: 2 }])).toThrow(refusal('fault_invalid'))
    expect(faults.list()).toMatchObject([{ id: 1 }])
    faults.replaceAll([RESET, RESET])
    faults.remove(2)
    expect(faults.list()).toMatchObject([{ id: 3 }])
    faults.clear()
    expect(faults.list()).toEqual([])
    expect(faults.take(CALL)).toBeUndefined()
  })

  it.each([
    ['nothing', {}, /either an action or a preset/],
    ['both', { ...RESET, preset: 'slow' }, /either an action or a preset/],
    [
      'an unknown preset',
      { preset: 'storm' },
      /fault\.preset must be one of rate-limit, .*near-limit/,
    ],
    ['an unknown type', { action: { type: 'boom' } }, /fault\.action\.type must be one of error, /],
    [
      'an unknown key',
      { ...RESET, time: 1 },
      /fault has no key "time", meant "times"\? It takes: match, .*times/,
    ],
    ['an unknown match', { ...RESET, match: { name: 'a' } }, /fault\.match has no key "name"/],
    ['a key of another action', { action: { type: 'reset', status: 500 } }, /no key "status"/],
    ['a missing key', { action: { type: 'latency' } }, /fault\.action\.ms must be a whole number/],
    ['a status that is none', { action: { type: 'error', status: 200 } }, /status from 400 to 599/],
    ['a header that is none', { action: { type: 'headers', headers: { 'a b': 'c' } } }, /header/],
    [
      'no chance',
      { ...RESET, probability: 1.1 },
      /fault\.probability must be a number from 0 to 1/,
    ],
    ['no times', { ...RESET, times: 0 }, /fault\.times must be a whole number above 0/],
    ['a list', [], /must be an object/],
    ['a text', 'secret-value', /^A fault must be an object\.$/],
  ])('refuse %s and say what is wrong', (_what, rule, message) => {
    expect(() => createFaultStore().add(rule as FaultRule)).toThrow(
      refusal('fault_invalid', message),
    )
  })
})
