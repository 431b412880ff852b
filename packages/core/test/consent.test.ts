import { createEmulator } from '@capi/emulator'
import { describe, expect, it } from 'vitest'
import { consentOf, createRequestTracker } from '../src/adapter.ts'
import { createCapi, type Scope } from '../src/index.ts'
import { lead } from './event/samples.ts'

const ALLOWED = ['granted', 'Granted', ' GRANTED ', true, 1, '1', 'true', 'yes', 'on']
const REFUSED = ['denied', 'DENIED', false, 0, '0', 'false', 'no', 'off']
const NONE = [
  'grant',
  'maybe',
  '',
  2,
  {},
  [],
  ['granted'],
  'null',
  Number.NaN,
  Promise.resolve('granted'),
]

it.each(ALLOWED)('reads %o as granted', (value) => expect(consentOf(value)).toBe('granted'))
it.each(REFUSED)('reads %o as denied', (value) => expect(consentOf(value)).toBe('denied'))
it.each(['LDU', ' ldu'])('reads %o as ldu', (value) => expect(consentOf(value)).toBe('ldu'))
it.each([...NONE, undefined, null])('reads no consent in %o', (value) =>
  expect(consentOf(value)).toBeUndefined(),
)

function world() {
  const emulator = createEmulator()
  const client = createCapi({
    pixelId: '1234567890',
    accessToken: 'token',
    fetch: emulator.fetch,
    onIssue() {},
  })
  const sent = async () => {
    await client.flush()
    return emulator.events().map((event) => event.payload)
  }
  return { client, sent }
}
const { event_name: _, ...fields } = { ...lead, action_source: 'website' as const }

describe('a scope', () => {
  const outcomeUnder = async (consent: unknown) => {
    const { client } = world()
    const scoped = client.with({ ...fields, consent } as Scope & { action_source: 'website' })
    return (await scoped.track('Lead')).outcome
  }
  it.each(ALLOWED)('tracks under %o', async (consent) => {
    expect(await outcomeUnder(consent)).toBe('accepted')
  })
  it.each([...REFUSED, ...NONE])('tracks nothing under %o', async (consent) => {
    expect(await outcomeUnder(consent)).toBe('dropped')
  })

  it('is not given where a database holds null for a visitor who was not asked', async () => {
    expect(await outcomeUnder(null)).toBe('dropped')
  })

  it('is not widened by one that says nothing', async () => {
    const { client } = world()
    const denied = client.with({ ...fields, consent: 'denied' })
    for (const consent of [undefined, null]) {
      const inner = denied.with({ consent } as Scope)
      expect((await inner.track('Lead')).reason).toBe('consent')
    }
  })
})

describe('ldu', () => {
  const LOCATED = {
    data_processing_options: ['LDU'],
    data_processing_options_country: 0,
    data_processing_options_state: 0,
  }
  it.each<[string, object, object]>([
    ['nothing', {}, LOCATED],
    ['expressly none', { data_processing_options: [] }, LOCATED],
    ['expressly none, as text', { data_processing_options: '[]' }, LOCATED],
    [
      'a state of its own',
      {
        data_processing_options: ['LDU'],
        data_processing_options_country: '1',
        data_processing_options_state: '1000',
      },
      {
        data_processing_options: ['LDU'],
        data_processing_options_country: 1,
        data_processing_options_state: 1000,
      },
    ],
  ])('limits an event that says %s', async (_name, more, expected) => {
    const { client, sent } = world()
    const scoped = client.with({ ...fields, consent: 'ldu' })
    await scoped.track('Lead', undefined, more as never)
    expect(await sent()).toMatchObject([expected])
  })
})

describe('the tracker of a request', () => {
  const context = () => ({ scope: fields, setCookies: ['_fbp=1'], warnings: [] })

  it.each(ALLOWED)('tracks where the option says %o, or setConsent did', async (consent) => {
    const asked = createRequestTracker(world().client, context, { consent: consent as never })
    expect(asked.consent).toBe('granted')
    expect((await asked.track('Lead')).outcome).toBe('accepted')
    const told = createRequestTracker(world().client, context, { consent: 'denied' })
    told.setConsent(consent as never)
    expect((await told.track('Lead')).outcome).toBe('accepted')
    const narrowed = createRequestTracker(world().client, context, { consent: 'denied' })
    expect((await narrowed.with({ consent: consent as never }).track('Lead')).outcome).toBe(
      'accepted',
    )
  })

  it.each([...REFUSED, ...NONE])('tracks nothing where it says %o', async (consent) => {
    const asked = createRequestTracker(world().client, context, {
      consent: () => consent as never,
    })
    expect(asked.setCookies).toEqual([])
    expect((await asked.track('Lead')).reason).toBe('consent')
    const told = createRequestTracker(world().client, context)
    told.setConsent(consent as never)
    expect((await told.track('Lead')).reason).toBe('consent')
    const narrowed = createRequestTracker(world().client, context)
    expect((await narrowed.with({ consent: consent as never }).track('Lead')).reason).toBe(
      'consent',
    )
  })
})
