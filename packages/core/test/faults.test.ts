import { describe, expect, it } from 'vitest'
import { createRequestTracker } from '../src/adapter.ts'
import { type Capi, CapiError, type CapiOptions, createCapi, memoryOutbox } from '../src/index.ts'
import type { Outbox } from '../src/outbox.ts'
import { page, person, purchase, sum } from './test-world.ts'

type Fault = (...args: never[]) => unknown

/** What a function of the caller's may do wrong. */
const FAULTS: Readonly<Record<string, Fault>> = {
  'throws an error': () => {
    throw new Error('fault')
  },
  'throws undefined': () => {
    throw undefined
  },
  rejects: () => Promise.reject(new Error('fault')),
  'returns nothing': () => undefined,
  'returns null': () => null,
  'returns NaN': () => Number.NaN,
  'returns an object that throws when it is read': () =>
    new Proxy(
      {},
      {
        get(_target, key) {
          if (key === 'then') return undefined
          throw new Error('fault')
        },
      },
    ),
  'never settles': () => new Promise(() => {}),
}

const clock = {
  now: () => Date.now(),
  tick: () => performance.now(),
  after(delayMs: number, callback: () => void) {
    const timer = setTimeout(callback, delayMs)
    return () => clearTimeout(timer)
  },
}
const outbox = (method: keyof Outbox) => (fault: Fault) => ({
  outbox: { ...memoryOutbox(), [method]: fault },
})

/** Every function that a client takes from its caller. */
const HOOKS: Readonly<Record<string, (fault: Fault) => object>> = {
  'clock.now': (now) => ({ clock: { ...clock, now } }),
  'clock.tick': (tick) => ({ clock: { ...clock, tick } }),
  'clock.after': (after) => ({ clock: { ...clock, after } }),
  'the cancelling of clock.after': (fault) => ({
    clock: {
      ...clock,
      after(delayMs: number, callback: () => void) {
        clock.after(delayMs, callback)
        return fault
      },
    },
  }),
  fetch: (fetch) => ({ fetch }),
  random: (random) => ({ random }),
  accessToken: (accessToken) => ({ accessToken }),
  parsePhone: (parsePhone) => ({ parsePhone }),
  onIssue: (onIssue) => ({ onIssue }),
  onDropped: (onDropped) => ({ onDropped }),
  onDelivered: (onDelivered) => ({ onDelivered }),
  logger: (fault) => ({ logger: { warn: fault, error: fault } }),
  'outbox.put': outbox('put'),
  'outbox.lease': outbox('lease'),
  'outbox.settle': outbox('settle'),
  'outbox.recover': outbox('recover'),
  'outbox.renew': outbox('renew'),
  'outbox.takeExpired': outbox('takeExpired'),
  'outbox.counts': outbox('counts'),
  'outbox.close': outbox('close'),
}

/** Meta is out at first, so that retries are part of it. */
function client(options: object, outages = 0): Capi {
  let requests = 0
  return createCapi({
    pixelId: '1234567890',
    accessToken: 'token',
    timeoutMs: 40,
    batch: { maxWaitMs: 1 },
    retry: { baseDelayMs: 5, maxDelayMs: 10 },
    logger: { warn() {}, error() {} },
    fetch: async () =>
      requests++ < outages
        ? new Response(null, { status: 503 })
        : Response.json({ events_received: 1 }),
    ...(options as CapiOptions),
  })
}

const hooks = Object.entries(HOOKS)
const faults = Object.entries(FAULTS)

describe.each(hooks)('when %s fails', (_hook, optionsOf) => {
  it.concurrent.each(faults)(
    'because it %s, track answers and every event is counted',
    async (_fault, fault) => {
      const capi = client(optionsOf(fault), 2)
      const receipts = await Promise.all([
        capi.track('Purchase', purchase, { ...page, ...person, event_id: 'order.1' }),
        capi.track('Lead', { value: 'x' }, { ...page, ...person }),
        capi.track('Lead', {}, { ...page, user_data: {} }),
        capi.with({ ...page, consent: 'denied' }).track('Lead', {}, person),
      ])
      for (const { outcome, reason } of receipts) {
        expect(['accepted', 'dropped']).toContain(outcome)
        if (outcome === 'dropped') expect(reason).toEqual(expect.any(String))
      }
      await capi.flush({ timeoutMs: 60 })
      await capi.close({ timeoutMs: 60 })
      expect(await capi.track('Lead', {}, { ...page, ...person })).toMatchObject({
        reason: 'closed',
      })
      expect(await sum(capi)).toMatchObject({ tracked: 5 })
    },
  )

  it.concurrent.each(faults)(
    'because it %s, send rejects with nothing but a CapiError',
    async (_fault, fault) => {
      const capi = client(optionsOf(fault))
      const events = [
        { event_name: 'Lead', ...page, ...person },
        { event_name: 'Lead', ...page, user_data: {} },
      ] as const
      const error: unknown = await capi.send(events).then(
        () => undefined,
        (reason: unknown) => reason ?? 'nothing',
      )
      if (error !== undefined) expect(CapiError.is(error)).toBe(true)
      await capi.close({ timeoutMs: 60 })
      expect(await sum(capi)).toMatchObject({ tracked: 2, queued: 0 })
    },
  )
})

describe.each(faults)('when a function of the request’s %s', (_fault, fault) => {
  it.each(['consent', 'user'])('as %s, track answers and the event is counted', async (option) => {
    const capi = client({})
    const read = () => ({ scope: { ...page, ...person }, setCookies: [], warnings: [] })
    const tracker = createRequestTracker(capi, read, { [option]: fault })
    const { outcome } = await tracker.track('Lead')
    expect(['accepted', 'dropped', 'held']).toContain(outcome)
    tracker.end()
    await capi.close()
    expect(await sum(capi)).toMatchObject({ tracked: 1, queued: 0 })
  })

  it('as the reader of the request, track answers and the event is counted', async () => {
    const capi = client({})
    const tracker = createRequestTracker(capi, fault as never)
    const { outcome } = await tracker.track('Lead', {}, person)
    expect(['accepted', 'dropped']).toContain(outcome)
    await capi.close()
    expect(await sum(capi)).toMatchObject({ tracked: 1, queued: 0 })
  })
})

describe('what the caller hands in', () => {
  const hostile: unknown = new Proxy(
    {},
    {
      get() {
        throw new Error('fault')
      },
      ownKeys() {
        throw new Error('fault')
      },
    },
  )
  const values: readonly unknown[] = [undefined, null, 0, '', 'text', Symbol('s'), 1n, [], hostile]

  it('never makes track throw or reject', async () => {
    const capi = client({})
    for (const name of values)
      for (const data of values)
        for (const fields of values) {
          const receipt = await capi.track(name as 'Lead', data as object, fields as never)
          expect(receipt).toMatchObject({ outcome: 'dropped', event_id: expect.any(String) })
        }
    await capi.close()
    expect(await sum(capi)).toMatchObject({ tracked: values.length ** 3, queued: 0 })
  })

  it('makes send reject with a CapiError and never throw', async () => {
    const capi = client({})
    const list = new Proxy([], {
      get() {
        throw new Error('fault')
      },
    })
    for (const events of [...values, list, [hostile], Array(3)])
      await expect(capi.send(events as never)).rejects.toSatisfy((error) => CapiError.is(error))
    const event = { event_name: 'Lead', ...page, ...person } as const
    for (const signal of [0, 'text', {}, hostile])
      await expect(capi.send(event, { signal: signal as never })).rejects.toMatchObject({
        code: 'config_invalid',
      })
    for (const options of [undefined, null, { signal: null }])
      await expect(capi.send(event, options as never)).resolves.toMatchObject({
        events_received: 1,
      })
    await capi.close()
    expect(await sum(capi)).toMatchObject({ delivered: 3, queued: 0 })
  })
})
