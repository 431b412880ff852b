import { describe, expectTypeOf, it } from 'vitest'
import {
  buildEvent,
  CapiError,
  createCapi,
  type EventInput,
  type EventName,
  type Issue,
  type Receipt,
  type Tracker,
  type UserData,
} from '../src/index.ts'

const capi = createCapi()
const page = { action_source: 'website', event_source_url: 'https://shop.example/' } as const
const scoped: Tracker = capi.with(page)
const user_data = { em: 'anna@example.com' }
declare const anyCurrency: string
interface Item {
  id: string
  quantity: number
  item_price: number
}
declare const items: readonly Item[]
declare const total: string
interface OrderData {
  value: number
  currency: string
  order_id: string
}
declare const order: OrderData

describe('takes what Meta takes', () => {
  it('on a tracker whose scope names the source', () => {
    expectTypeOf(scoped.track('PageView')).toEqualTypeOf<Promise<Receipt>>()
    void scoped.track('Purchase', { value: 1, currency: 'EUR' })
    void scoped.track('Purchase', { value: 0, currency: 'eur', gift: true }, { event_id: 7 })
    void scoped.track('Purchase', order)
    void scoped.track('Purchase', { value: total, currency: anyCurrency, contents: items })
    void scoped.track(
      'MyOwnEvent',
      { colour: 'red' },
      { user_data: { em: undefined, external_id: 7 } },
    )
    void scoped.track('Lead', {}, { action_source: 'phone_call', user_data })
    expectTypeOf(scoped.with({ user_data })).toEqualTypeOf<Tracker>()
  })

  it('on the client, where the event names the source', () => {
    void capi.track('Lead', undefined, { ...page, user_data })
    void capi.track('Purchase', { value: 1, currency: 'EUR' }, { ...page, user_data })
    void capi.send([{ event_name: 'Lead', ...page, user_data }])
    void capi.with(page).send({ event_name: 'Lead', user_data })
  })

  it('for an app, by the names of the slots', () => {
    const extinfo = { version: 'i2', os_version: '17.1' } as const
    void capi.track(
      'Purchase',
      { value: 1, currency: 'EUR' },
      {
        action_source: 'app',
        app_data: { advertiser_tracking_enabled: true, extinfo },
        user_data: { madid: 'x' },
      },
    )
  })

  it('for each channel of conversations', () => {
    const action_source = 'business_messaging'
    void capi.track(
      'Purchase',
      { value: 1, currency: 'EUR' },
      {
        action_source,
        messaging_channel: 'whatsapp',
        user_data: { ctwa_clid: 'x', page_id: 1 },
      },
    )
    void capi.track(
      'LeadSubmitted',
      {},
      {
        action_source,
        messaging_channel: 'instagram',
        user_data: { ig_account_id: '1', ig_sid: '2' },
      },
    )
  })

  it('and gives hashes in lists', () => {
    const { event } = buildEvent({ event_name: 'Lead', ...page, user_data })
    expectTypeOf(event?.user_data.em).toEqualTypeOf<string[] | undefined>()
    expectTypeOf<UserData['fbc']>().toEqualTypeOf<string | undefined>()
  })
})

it('distinguishes errors by their code', () => {
  const error: unknown = undefined
  if (!CapiError.is(error)) return
  if (error.code === 'api_error') expectTypeOf(error.metaCode).toEqualTypeOf<number | undefined>()
  if (error.code === 'validation_failed')
    expectTypeOf(error.issues).toEqualTypeOf<readonly Issue[]>()
})

describe('does not compile', () => {
  it('a misspelt action source', () => {
    // @ts-expect-error 'webiste'
    void scoped.track('Lead', {}, { action_source: 'webiste' })
    // @ts-expect-error 'webiste'
    buildEvent({ event_name: 'Lead', action_source: 'webiste', user_data })
  })

  it('a Purchase without value or currency', () => {
    // @ts-expect-error no custom_data
    void scoped.track('Purchase')
    // @ts-expect-error no currency
    void scoped.track('Purchase', { value: 1 })
    // @ts-expect-error no value
    void scoped.track('Purchase', { currency: 'EUR' })
    // @ts-expect-error no custom_data
    buildEvent({ event_name: 'Purchase', ...page, user_data })
    // @ts-expect-error no currency
    buildEvent({ event_name: 'Purchase', ...page, user_data, custom_data: { value: 1 } })
  })

  it('a plain EventInput of a Purchase without value or currency', () => {
    // @ts-expect-error no custom_data
    const bare: EventInput = { event_name: 'Purchase', ...page, user_data }
    // @ts-expect-error no currency
    const free: EventInput = {
      event_name: 'Purchase',
      ...page,
      user_data,
      custom_data: { value: 1 },
    }
    // @ts-expect-error a name of one's own
    const quiz: EventInput = { event_name: 'QuizFinished', ...page, user_data }
    const own: EventInput<'QuizFinished'> = { event_name: 'QuizFinished', ...page, user_data }
    const events: readonly EventInput<EventName>[] = [bare, free, quiz, own]
    void capi.send(events)
  })

  it('a currency that is none', () => {
    // @ts-expect-error EURO
    void scoped.track('Purchase', { value: 1, currency: 'EURO' })
    // @ts-expect-error US$
    void scoped.track('Lead', { value: 1, currency: 'US$' })
    const custom_data = { value: 1, currency: 'EURO' } as const
    // @ts-expect-error EURO
    buildEvent({ event_name: 'Purchase', ...page, user_data, custom_data })
    // @ts-expect-error a number
    void scoped.track('Purchase', { value: 1, currency: 978 })
  })

  it('a wrong event of send, alone or in a list', async () => {
    const purchase = { event_name: 'Purchase', ...page, user_data } as const
    void capi.send({ ...purchase, custom_data: { value: 1, currency: 'EUR' } })
    void capi.send({ ...purchase, custom_data: { value: 1, currency: anyCurrency } })
    // @ts-expect-error no custom_data
    void capi.send(purchase)
    // @ts-expect-error no currency
    void capi.send([{ ...purchase, custom_data: { value: 1 } }])
    const euro = { ...purchase, custom_data: { value: 1, currency: 'EURO' } } as const
    // @ts-expect-error EURO
    void capi.send(euro)
    // @ts-expect-error EURO
    void capi.send([euro])
    const events: EventInput[] = []
    await capi.send(events)
  })

  it('personal data in custom_data', () => {
    // @ts-expect-error em belongs into user_data
    void scoped.track('Lead', { em: 'x' })
    // @ts-expect-error email belongs into user_data, as em
    void scoped.track('Purchase', { value: 1, currency: 'EUR', email: 'x' })
  })

  it('a key in the wrong place', () => {
    // @ts-expect-error value belongs into custom_data
    void scoped.track('Lead', {}, { value: 1 })
    // @ts-expect-error em belongs into user_data
    void scoped.track('Lead', {}, { em: 'a@b.co' })
    // @ts-expect-error not Meta's name
    void scoped.track('Lead', {}, { user_data: { email: 'a@b.co' } })
    // @ts-expect-error belongs into app_data
    void scoped.track('Lead', {}, { advertiser_tracking_enabled: true })
    // @ts-expect-error belongs into custom_data
    buildEvent({ event_name: 'Lead', ...page, user_data, content_ids: ['a'] })
  })

  it('an event that does not say where it happened', () => {
    // @ts-expect-error no action_source
    void capi.track('Lead', {}, { user_data })
    // @ts-expect-error no event at all
    void capi.track('Lead')
    // @ts-expect-error no action_source
    const event: EventInput = { event_name: 'Lead', user_data }
    void event
  })

  it('an app event without app_data, or with a version that is none', () => {
    // @ts-expect-error no app_data
    void capi.track('Lead', {}, { action_source: 'app', user_data })
    const app_data = {
      advertiser_tracking_enabled: true,
      extinfo: { version: 'ios', os_version: '17' },
    }
    // @ts-expect-error version
    void capi.track('Lead', {}, { action_source: 'app', user_data, app_data })
  })

  it('a conversation without its ids, or with a browser', () => {
    const source = { action_source: 'business_messaging', user_data: { page_id: 1 } } as const
    // @ts-expect-error no channel
    void capi.track('AddToCart', {}, source)
    const messenger = { ...source, messaging_channel: 'messenger' } as const
    // @ts-expect-error page_scoped_user_id is missing
    void capi.track('AddToCart', {}, messenger)
    const ids = { ig_account_id: 1, ig_sid: 2 }
    const instagram = { ...source, messaging_channel: 'instagram' } as const
    void capi.track('AddToCart', {}, { ...instagram, user_data: ids })
    const withBrowser = { ...instagram, user_data: { ...ids, client_ip_address: '8.8.8.8' } }
    // @ts-expect-error client_ip_address
    void capi.track('AddToCart', {}, withBrowser)
  })

  it('values of the wrong type', () => {
    // @ts-expect-error value
    void scoped.track('Purchase', { value: true, currency: 'EUR' })
    // @ts-expect-error contents is a list
    void scoped.track('ViewContent', { contents: { id: 'a' } })
    // @ts-expect-error content_ids is a list
    void scoped.track('ViewContent', { content_ids: 'a' })
    // @ts-expect-error delivery_category
    void scoped.track('ViewContent', { delivery_category: 'drone' })
    // @ts-expect-error LDU
    void scoped.track('Lead', {}, { data_processing_options: ['ldu'] })
  })
})
