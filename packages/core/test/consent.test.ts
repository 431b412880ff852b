import { describe, expect, it } from 'vitest'
import { consentOf, createRequestTracker } from '../src/adapter.ts'
import { createCapi, type Scope } from '../src/index.ts'
import { ALLOWED, ANNA, fields, NO_YES, NONE, REFUSED, world } from './consents.ts'

it.each(ALLOWED)('reads %o as granted', (value) => expect(consentOf(value)).toBe('granted'))
it.each(REFUSED)('reads %o as denied', (value) => expect(consentOf(value)).toBe('denied'))
it.each(['LDU', ' ldu'])('reads %o as ldu', (value) => expect(consentOf(value)).toBe('ldu'))
it.each([...NONE, undefined, null])('reads no consent in %o', (value) =>
  expect(consentOf(value)).toBeUndefined(),
)

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

  it.each([undefined, null])(
    'tracks nothing under a key that is there with %s',
    async (consent) => {
      expect(await outcomeUnder(consent)).toBe('dropped')
    },
  )

  it('is not widened by one that says nothing', async () => {
    const { client } = world()
    const denied = client.with({ ...fields, consent: 'denied' })
    for (const consent of [undefined, null]) {
      const inner = denied.with({ consent } as Scope)
      expect((await inner.track('Lead')).reason).toBe('consent')
    }
  })
})

describe('an option of createCapi', () => {
  const under = (consent: unknown) => {
    const log: string[] = []
    const logger = { warn: (line: string) => void log.push(line), error() {} }
    const fetch = async () => Response.json({ events_received: 1 })
    const options = { pixelId: '1234567890', accessToken: 'token', logger, fetch, consent }
    return { client: createCapi(options as object), log }
  }

  it.each([...NO_YES, () => 'granted'])(
    'sends nothing by itself where it says %o',
    async (consent) => {
      const { client, log } = under(consent)
      const event = { ...fields, user_data: ANNA }
      expect((await client.track('Lead', {}, event)).reason).toBe('consent')
      expect((await client.with(fields).track('Lead')).reason).toBe('consent')
      expect(log.join()).toContain('"consent", which the middleware or module for requests takes')
      expect(log.join()).toContain('dropped: consent. The person refused or has not answered')
      const asked = client.with({ ...fields, consent: 'granted' })
      expect((await asked.track('Lead')).outcome).toBe('accepted')
    },
  )

  it.each(ALLOWED)('is no hindrance where it says %o', async (consent) => {
    expect((await under(consent).client.with(fields).track('Lead')).outcome).toBe('accepted')
  })
})

describe('a saved context', () => {
  const saved = (): Scope & { action_source: 'website' } => {
    const tracker = createRequestTracker(world().client, () => ({
      scope: fields,
      setCookies: [],
      warnings: [],
    }))
    return structuredClone(tracker.context) as Scope & { action_source: 'website' }
  }

  it.each(NO_YES)('is not sent with the answer %o', async (consent) => {
    const { client, sent } = world()
    const job = client.with({ ...saved(), consent } as ReturnType<typeof saved>)
    expect((await job.track('Lead')).reason).toBe('consent')
    expect(await sent()).toEqual([])
  })

  it('is sent with a yes', async () => {
    const { client } = world()
    const job = client.with({ ...saved(), consent: 'granted' })
    expect((await job.track('Lead')).outcome).toBe('accepted')
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

  it.each([undefined, null])('has no yes in a key that is there with %s', async (consent) => {
    const { client, sent } = world()
    const asked = createRequestTracker(client, context)
    expect((await asked.with({ consent } as Scope).track('Lead')).outcome).toBe('held')
    expect(
      (
        await asked
          .with({ consent } as Scope)
          .with({})
          .track('Lead')
      ).outcome,
    ).toBe('held')
    expect((await asked.track('Lead', {}, { consent } as object)).outcome).toBe('held')
    const { receipts } = await asked.with({ consent } as Scope).send({ event_name: 'Lead' })
    expect(receipts).toMatchObject([{ reason: 'consent' }])
    expect((await asked.track('Contact')).outcome).toBe('accepted')
    asked.end()
    expect((await sent()).map(({ event_name }) => event_name)).toEqual(['Contact'])
    expect(await client.stats()).toMatchObject({ dropped: { consent: 4 } })
  })

  it('tracks what was held for such a key when the visitor says yes', async () => {
    const { client, sent } = world()
    const asked = createRequestTracker(client, context)
    await asked.with({ consent: undefined }).track('Lead')
    await asked.track('Contact', {}, { consent: undefined })
    await asked.track('Search', {}, { consent: 'denied' })
    asked.setConsent('ldu')
    const names = (await sent()).map((one) => [one['event_name'], one['data_processing_options']])
    expect(names).toEqual([
      ['Lead', ['LDU']],
      ['Contact', ['LDU']],
    ])
  })

  it.each([...REFUSED, ...NONE])('drops an event that says %o, and no other', async (consent) => {
    const asked = createRequestTracker(world().client, context)
    const dropped = { outcome: 'dropped', reason: 'consent' }
    expect(await asked.track('Lead', {}, { consent } as object)).toMatchObject(dropped)
    expect(
      await asked.send([{ event_name: 'Lead', consent } as object as { event_name: 'Lead' }]),
    ).toMatchObject({ receipts: [dropped] })
    expect((await asked.track('Lead')).outcome).toBe('accepted')
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
