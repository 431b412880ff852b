import { describe, expectTypeOf, it } from 'vitest'
import {
  buildEvent,
  type Capi,
  createCapi,
  type EventInput,
  type EventName,
  type EventsPayload,
  type Receipt,
  type SendReceipt,
  type ServerEvent,
  type Tracker,
} from '../src/index.ts'

const capi = createCapi()
const web: Tracker = capi.with({ action_source: 'website' })
const user_data = { em: 'anna@example.com' }
declare const currency: string
declare const built: ServerEvent

describe('send takes', () => {
  it('lists of events as they are written', () => {
    void capi.send([
      {
        event_name: 'Purchase',
        action_source: 'chat',
        custom_data: { value: 1, currency: 'EUR' },
      },
    ])
    void capi.send([
      {
        event_name: 'Purchase',
        action_source: 'physical_store',
        event_time: new Date(),
        user_data,
        custom_data: { value: '1.50', currency: 'eur', contents: [{ id: 'a', quantity: 1 }] },
      },
      { event_name: 'Lead', action_source: 'chat', user_data, custom_data: { currency: 'USD' } },
      { event_name: 'Lead', action_source: 'chat', user_data },
    ])
    void web.send([
      { event_name: 'Purchase', user_data, custom_data: { value: 1, currency } },
      { event_name: 'Lead', custom_data: { currency: 'CHF', mine: true } },
    ])
  })

  it('the payload that Meta documents', () => {
    void capi.send({
      data: [
        {
          event_name: 'Purchase',
          event_time: 1_764_000_000,
          action_source: 'website',
          event_source_url: 'https://shop.example/',
          user_data: { em: ['309a0a5c'], client_user_agent: 'UA/1' },
          custom_data: { currency: 'usd', value: 142.52 },
        },
      ],
      test_event_code: 'TEST123',
    })
    const payload = {
      data: [{ event_name: 'Lead', action_source: 'chat', user_data: { em: ['a@b.co'] } }],
      upload_tag: 'outboxes',
    }
    void capi.send(payload)
    void web.send(payload)
    const typed: EventsPayload = { data: [{ event_name: 'Lead', action_source: 'chat' }] }
    void capi.send(typed)
    void web.send({ data: [{ event_name: 'Lead', user_data }] })
  })

  it('an event of a variable, whose kind is known at run time only', () => {
    const one = {} as EventInput
    void capi.send(one)
    void web.send(one)
    void capi.enqueue(one)
    const named = {} as EventInput<EventName>
    void capi.send(named)
    void capi.send({ data: [one] })
  })

  it('what buildEvent returned', () => {
    void capi.send(built)
    void capi.send([built, built])
    void web.send(built)
    void capi.enqueue(built)
    void capi.enqueue([built])
  })

  it('its options', () => {
    void capi.send([], { testEventCode: 'TEST1', uploadTag: undefined, signal: undefined })
    // @ts-expect-error Meta's name
    void capi.send([], { test_event_code: 'TEST1' })
  })

  it('and says what became of each', async () => {
    const { receipts } = await capi.send([])
    expectTypeOf(receipts).toEqualTypeOf<readonly SendReceipt[]>()
    expectTypeOf<SendReceipt['outcome']>().toEqualTypeOf<'delivered' | 'dropped'>()
  })
})

describe('enqueue', () => {
  it('gives a receipt for an event, and a list for a list', () => {
    const lead = { event_name: 'Lead', action_source: 'chat', user_data } as const
    expectTypeOf(capi.enqueue(lead)).toEqualTypeOf<Promise<Receipt>>()
    expectTypeOf(capi.enqueue([lead])).toEqualTypeOf<Promise<readonly Receipt[]>>()
    const events: EventInput[] = []
    expectTypeOf(capi.enqueue(events)).toEqualTypeOf<Promise<readonly Receipt[]>>()
    expectTypeOf(capi.enqueue(built)).toEqualTypeOf<Promise<Receipt>>()
    expectTypeOf(web.enqueue({ event_name: 'Lead' })).toEqualTypeOf<Promise<Receipt>>()
    expectTypeOf(web.enqueue([{ event_name: 'Lead' }])).toEqualTypeOf<Promise<readonly Receipt[]>>()
    void capi.enqueue(lead, { transaction: {} })
  })

  it('checks what it is given', () => {
    // @ts-expect-error no action_source
    void capi.enqueue({ event_name: 'Lead', user_data })
    // @ts-expect-error no currency
    void web.enqueue({ event_name: 'Purchase', custom_data: { value: 1 } })
    // @ts-expect-error EURO
    void web.enqueue([{ event_name: 'Lead', custom_data: { currency: 'EURO' } }])
    // @ts-expect-error a payload's test_event_code cannot wait
    void capi.enqueue({ data: [{ event_name: 'Lead', action_source: 'chat' }] })
  })
})

describe('send does not take', () => {
  it('a wrong event of a list', () => {
    const of = { action_source: 'chat', user_data } as const
    const sale = { value: 1, currency: 'EUR' } as const
    void capi.send([
      { event_name: 'Purchase', ...of, custom_data: sale },
      // @ts-expect-error no custom_data
      { event_name: 'Purchase', ...of },
    ])
    void capi.send([
      { event_name: 'Purchase', ...of, custom_data: sale },
      // @ts-expect-error no currency
      { event_name: 'Purchase', ...of, custom_data: { value: 1 } },
    ])
    void capi.send([
      // @ts-expect-error EURO
      { event_name: 'Purchase', ...of, custom_data: { value: 1, currency: 'EURO' } },
    ])
  })

  it('a wrong event of a payload that is written down', () => {
    // @ts-expect-error no action_source
    void capi.send({ data: [{ event_name: 'Lead', user_data }] })
    const source = { event_name: 'Purchase', action_source: 'chat' } as const
    // @ts-expect-error no currency
    void capi.send({ data: [{ ...source, custom_data: { value: 1 } }] })
    // @ts-expect-error a text
    void capi.send({ data: '[]' })
    // @ts-expect-error a number
    void capi.send({ data: [], test_event_code: 17 })
  })

  it('an event that only looks built', () => {
    const event = {
      event_name: 'Purchase',
      event_id: 'a',
      event_time: 1,
      action_source: 'chat',
    } as const
    // @ts-expect-error a Purchase without its value
    void capi.send({ ...event, user_data: { fbp: 'fb.1.1.1' } })
  })
})

describe('buildEvent', () => {
  it('takes what nothing is known of', () => {
    const { event } = buildEvent(JSON.parse('{}') as unknown)
    expectTypeOf(event).toEqualTypeOf<ServerEvent | undefined>()
    buildEvent(JSON.parse('{}'))
    buildEvent({} as Record<string, unknown>)
    buildEvent({} as Readonly<Record<string, string>>, { nowMs: 1 })
  })

  it('checks what is known', () => {
    // @ts-expect-error no action_source
    buildEvent({ event_name: 'Lead', user_data })
    // @ts-expect-error a number is no event
    buildEvent(17)
    // @ts-expect-error nothing of an event
    buildEvent({})
  })
})

it('is closed by `await using`, where the compiler knows it', () => {
  expectTypeOf<Capi>().toExtend<AsyncDisposable>()
})
