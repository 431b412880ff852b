import { describe, expect, it } from 'vitest'
import { buildEvent, type Consent, type EventFields } from '../src/index.ts'
import { ALLOWED, ANNA, fields, NO_YES, world } from './consents.ts'

describe('an event', () => {
  const event = (consent: unknown) => ({ ...fields, consent, user_data: ANNA }) as EventFields

  it.each(NO_YES)('is not tracked, and not sent, where it says %o', async (consent) => {
    const { client, sent } = world()
    const dropped = { outcome: 'dropped', reason: 'consent' }
    for (const tracker of [client, client.with({ consent: 'ldu' })])
      expect(await tracker.track('Lead', {}, event(consent))).toMatchObject(dropped)
    const result = await client.send([
      { event_name: 'Lead', ...event(consent) },
      { event_name: 'Lead', ...event('granted') },
    ])
    expect(result).toMatchObject({ receipts: [dropped, { outcome: 'delivered' }] })
    const alone = await client.send({ event_name: 'Lead', ...event(consent) })
    expect(alone).toMatchObject({ events_received: 0, receipts: [dropped] })
    expect(await sent()).toHaveLength(1)
    expect(await client.stats()).toMatchObject({ tracked: 5, dropped: { consent: 4 } })
  })

  it('is not tracked where what it says cannot be read', async () => {
    const unreadable = {
      ...fields,
      get consent(): Consent {
        throw new Error('anna@example.com')
      },
    }
    expect((await world().client.track('Lead', {}, unreadable)).reason).toBe('consent')
  })

  it.each(ALLOWED)(
    'that says %o has no issue for it, and Meta gets no such key',
    async (consent) => {
      const { client, sent } = world()
      const receipt = await client.track('Lead', {}, event(consent))
      expect(receipt).toMatchObject({ outcome: 'accepted', issues: [] })
      expect((await sent())[0]).not.toHaveProperty('consent')
    },
  )

  it.each<[Consent, Consent, object]>([
    ['granted', 'granted', { outcome: 'accepted' }],
    ['granted', 'ldu', { outcome: 'accepted' }],
    ['ldu', 'granted', { outcome: 'accepted' }],
    ['granted', 'pending', { reason: 'consent' }],
    ['granted', 'denied', { reason: 'consent' }],
    ['pending', 'granted', { reason: 'consent' }],
    ['denied', 'granted', { reason: 'consent' }],
    ['denied', 'ldu', { reason: 'consent' }],
  ])('under %s that says %s: the stricter counts', async (scope, own, expected) => {
    const { client, sent } = world()
    const tracker = client.with({ consent: scope })
    expect(await tracker.track('Lead', {}, event(own))).toMatchObject(expected)
    const isLimited = JSON.stringify(await sent()).includes('"LDU"')
    expect(isLimited).toBe([scope, own].includes('ldu') && 'outcome' in expected)
  })

  it.each(['Consent', 'CONSENT', 'con_sent', 'consents', 'consnet', 'concent', 'consen'])(
    'is not sent with a wish written %s, nor under a scope with one',
    async (key) => {
      const { client, sent } = world()
      const issues = [{ path: key, code: 'consent_missing', fix: expect.stringContaining('Write') }]
      for (const receipt of [
        await client.track('Lead', {}, { ...fields, [key]: 'granted' }),
        await client.with({ [key]: 'granted' }).track('Lead', {}, fields),
      ])
        expect(receipt).toMatchObject({ outcome: 'dropped', issues })
      expect(await sent()).toEqual([])
    },
  )

  it.each(['content', 'contents', 'context'])(
    'is sent with a key that is none: %s',
    async (key) => {
      const receipt = await world().client.track('Lead', {}, { ...fields, [key]: 'granted' })
      expect(receipt).toMatchObject({ outcome: 'accepted', issues: [{ path: key }] })
    },
  )

  it('is not built without consent, and limited by ldu', () => {
    for (const consent of NO_YES)
      expect(buildEvent({ event_name: 'Lead', ...event(consent) })).toEqual({
        issues: [expect.objectContaining({ path: 'consent', code: 'consent_missing' })],
      })
    const { event: built, issues } = buildEvent({ event_name: 'Lead', ...event('ldu') })
    expect(issues).toEqual([])
    expect(built).toMatchObject({ data_processing_options: ['LDU'] })
  })
})
