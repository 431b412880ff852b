import { describe, expect, it } from 'vitest'
import { ORIGIN, SECRET, sending } from './collector-case.ts'
import { type CollectorSubject, mountCollector } from './collector-subject.ts'

const PURCHASE = { event_id: 'order.7', custom_data: { value: 24, currency: 'EUR' } } as const
const buying = (signed: string) =>
  JSON.stringify({
    event_name: 'Purchase',
    event_id: 'mine',
    custom_data: { value: 9_999, currency: 'USD' },
    signed,
  })

/** Whose word counts, the page's or the server's. */
export function precedenceBattery(subject: CollectorSubject): void {
  describe(`what a page on ${subject.name} says never displaces what the server says:`, () => {
    const mine = {
      event_id: 'lead.1003',
      action_source: 'website',
      event_source_url: ORIGIN,
      user_data: { em: 'anna@example.com' },
    } as const
    const guess = { body: sending({ event_name: 'Lead', event_id: 'lead.1003' }) }

    it.each([
      ['before', true],
      ['after', false],
    ])('an id that a stranger guessed, sent %s the shop’s own event', async (_when, isFirst) => {
      const { post, sent, client } = await mountCollector(subject)
      if (isFirst) await post(guess)
      const receipt = await client.track('Lead', { value: 5, currency: 'EUR' }, mine)
      if (!isFirst) await post(guess)
      expect(receipt).toMatchObject({ event_id: 'lead.1003', outcome: 'accepted' })
      const events = await sent()
      expect(events.map((event) => event['event_id'])).toEqual(['lead.1003', 'lead.1003'])
      expect(events).toContainEqual(
        expect.objectContaining({ custom_data: { value: 5, currency: 'EUR' } }),
      )
    })

    it('a purchase that the server signed and tracks itself', async () => {
      const { post, sent, client, clock } = await mountCollector(subject)
      const signed = subject.signEvent({ secret: SECRET, ...PURCHASE, nowMs: clock.now() })
      await post({ body: buying(signed) })
      const fuller = { ...mine, event_id: PURCHASE.event_id }
      const data = { ...PURCHASE.custom_data, content_ids: ['mug'] }
      const receipt = await client.track('Purchase', data, fuller)
      expect(receipt).toMatchObject({ event_id: 'order.7', outcome: 'accepted' })
      const events = await sent()
      expect(events.map((event) => event['event_id'])).toEqual(['order.7', 'order.7'])
      expect(events).toContainEqual(expect.objectContaining({ custom_data: data }))
    })

    it('but a page that repeats itself is one event', async () => {
      const { post, sent } = await mountCollector(subject)
      await post(guess)
      await post(guess)
      expect(await sent()).toHaveLength(1)
    })
  })

  describe(`a signed purchase on ${subject.name}`, () => {
    it('is reported with the id and the value of the server, once', async () => {
      const { post, sent, clock, refusals } = await mountCollector(subject)
      const signed = subject.signEvent({ secret: SECRET, ...PURCHASE, nowMs: clock.now() })
      await post({ body: buying(signed) })
      await post({ body: JSON.stringify({ event_name: 'Purchase', signed }) })
      expect(refusals).toEqual([])
      const events = await sent()
      expect(events).toHaveLength(1)
      expect(events).toMatchObject([PURCHASE])
    })

    it('may have as many contents as a large order', async () => {
      const { post, sent, clock } = await mountCollector(subject)
      const contents = Array.from({ length: 60 }, (_, n) => ({
        id: `SKU-12345-${n}`,
        quantity: 1,
        item_price: 19.99,
      }))
      const custom_data = { value: 1_199.4, currency: 'EUR', contents } as const
      const purchase = { event_id: 'order.8', custom_data }
      const signed = subject.signEvent({ secret: SECRET, ...purchase, nowMs: clock.now() })
      await post({ body: buying(signed) })
      expect(await sent()).toMatchObject([purchase])
    })

    it.each<[string, (signed: string) => string]>([
      ['changed', (signed) => signed.replace('.e', '.A')],
      ['of a version that is not known', (signed) => signed.replace(/^1/, '2')],
      ['of no version', (signed) => signed.replace(/^1\./, '')],
      ['longer than it was signed', (signed) => `${signed}.AAAA`],
      ['longer in its signature', (signed) => `${signed}A`],
      ['cut', (signed) => signed.slice(0, -4)],
      ['without a dot', (signed) => signed.replace('.', '')],
      ['empty', () => ''],
    ])('is refused when it is %s', async (_how, change) => {
      const { post, sent, clock, refusals } = await mountCollector(subject)
      const signed = subject.signEvent({ secret: SECRET, ...PURCHASE, nowMs: clock.now() })
      await post({ body: buying(change(signed)) })
      expect(refusals).toEqual(['signature_invalid'])
      expect(await sent()).toEqual([])
    })

    it('is refused when it is signed with another secret, or too long ago', async () => {
      const { post, clock, refusals } = await mountCollector(subject)
      const foreign = { secret: 'another-secret-of-tests', ...PURCHASE, nowMs: clock.now() }
      await post({ body: buying(subject.signEvent(foreign)) })
      const signed = subject.signEvent({ ...foreign, secret: SECRET })
      await clock.advance(30 * 60_000)
      await post({ body: buying(signed) })
      expect(refusals).toEqual(['signature_invalid', 'signature_invalid'])
    })
  })
}
