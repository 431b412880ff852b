import { expectTypeOf, it } from 'vitest'
import {
  CapiModule,
  type CapiModuleOptions,
  type CapiService,
  type PlatformRequest,
  TrackEvent,
} from '../src/index.ts'

interface Order {
  readonly id: number
  readonly total: number
}

it('@TrackEvent takes handlers that give what its callbacks take', () => {
  class Shop {
    @TrackEvent('Purchase', {
      data: (order: Order) => ({ value: order.total, currency: 'EUR' }),
      eventId: (order) => expectTypeOf(order).toEqualTypeOf<Order>() && order.id,
    })
    async order(): Promise<Order> {
      return await Promise.resolve({ id: 1, total: 2 })
    }

    @TrackEvent('Lead')
    lead() {}

    // @ts-expect-error a Purchase needs its value and currency
    @TrackEvent('Purchase')
    bare() {}

    // @ts-expect-error the handler gives no order
    @TrackEvent('Lead', { eventId: (order: Order) => order.id })
    text() {
      return 'text'
    }

    // @ts-expect-error personal data does not belong into `data`
    @TrackEvent('Lead', { data: () => ({ em: 'anna@example.com' }) })
    misplaced() {}
  }
  expectTypeOf(Shop).toBeObject()
})

it('callbacks may name the platform’s request', () => {
  interface Request extends PlatformRequest {
    readonly user: { readonly id: string }
  }
  const options: CapiModuleOptions = {
    user: (request: Request) => ({ external_id: request.user.id }),
    consent: (request) => (request.headers['x'] === undefined ? undefined : 'granted'),
  }
  CapiModule.forRoot(options)
  // @ts-expect-error no such consent
  CapiModule.forRoot({ consent: 'yes' })
  // @ts-expect-error a recorder needs a client of its own
  CapiModule.forTesting({ client: undefined as never as NonNullable<CapiModuleOptions['client']> })
})

it('events of the service need no action source, and a Purchase its value', () => {
  const use = (capi: CapiService) => {
    void capi.track('Lead')
    void capi.track('Purchase', { value: 1, currency: 'EUR' })
    // @ts-expect-error currency is missing
    void capi.track('Purchase', { value: 1 })
    // @ts-expect-error no such action source
    void capi.track('Lead', {}, { action_source: 'webiste' })
  }
  expectTypeOf(use).toBeFunction()
})
