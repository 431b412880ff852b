import { expectTypeOf, it } from 'vitest'
import { createTracker } from '../src/index.ts'

const tracker = createTracker({ pixelId: '1234567890' })
const sale = { value: 24, currency: 'EUR' } as const

it('takes standard events and own ones, with the fields of core', () => {
  expectTypeOf(tracker.track('Lead')).toEqualTypeOf<string>()
  tracker.track('AddToCart', { content_ids: ['mug'], value: 12.5, currency: 'EUR', own: 1 })
  tracker.track('Scrolled', { depth: 50 }, { event_id: 'scroll.1' })
  tracker.track('ViewContent', undefined, { event_id: 'view.1', endpoint: false })
  // @ts-expect-error no ISO code
  tracker.track('AddToCart', { value: 12.5, currency: 'EURO' })
  // @ts-expect-error belongs to setUser
  tracker.track('Lead', { em: 'anna@example.com' })
  // @ts-expect-error a name of none of its options
  tracker.track('Lead', {}, { eventID: '1' })
})

it('takes a Purchase with a ticket, or one that the server has tracked', () => {
  tracker.track('Purchase', undefined, { ticket: '1.a.b' })
  tracker.track('Purchase', sale, { ticket: '1.a.b' })
  tracker.track('Purchase', sale, { event_id: 'order.7', endpoint: false })
  // @ts-expect-error a page cannot be trusted with a sale
  tracker.track('Purchase', sale)
  // @ts-expect-error nor with its id
  tracker.track('Purchase', sale, { event_id: 'order.7' })
  // @ts-expect-error without the server's id it would be another sale
  tracker.track('Purchase', sale, { endpoint: false })
  // @ts-expect-error a sale has a worth
  tracker.track('Purchase', {}, { event_id: 'order.7', endpoint: false })
})

it('takes any Purchase where there is no collector', () => {
  const pixel = createTracker({ endpoint: false })
  pixel.track('Purchase', sale, { event_id: 'order.7' })
  pixel.track('Purchase', sale)
  // @ts-expect-error a sale has a worth
  pixel.track('Purchase', { currency: 'EUR' })
})
