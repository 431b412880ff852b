import { describe, it } from 'vitest'
import {
  type Capi,
  type CustomData,
  createCapi,
  type EventFields,
  type EventName,
  type PurchaseData,
  type Receipt,
  type RootTracker,
  type Scope,
  type ScopedEventFields,
  type StandardCustomData,
  type StandardEventName,
  type TrackArguments,
  type Tracker,
  type TrackOptions,
} from '../src/index.ts'

const capi = createCapi()
const page = { action_source: 'website', event_source_url: 'https://shop.example/' } as const
const web: Tracker = capi.with(page)
const user_data = { em: 'anna@example.com' }

describe('functions of your own around track compile', () => {
  it('1: generic in the name, the rest passed on, and calls of it are checked', () => {
    function fire<N extends EventName>(name: N, ...rest: TrackArguments<N>) {
      return web.track(name, ...rest)
    }
    void fire('Purchase', { value: 1, currency: 'EUR' })
    void fire('Quiz', { level: 'hard' }, { event_id: 7, user_data })
    void fire('PageView')
    // @ts-expect-error a Purchase needs its value and currency
    void fire('Purchase')
    // @ts-expect-error no currency
    void fire('Purchase', { value: 1 })
    // @ts-expect-error em belongs into user_data
    void fire('Lead', {}, { em: 'a@b.co' })
  })

  it('2: of the type of track itself', () => {
    const fire: Tracker['track'] = (name, ...rest) => web.track(name, ...rest)
    void fire('Purchase', { value: 1, currency: 'EUR' })
    // @ts-expect-error EURO
    void fire('Purchase', { value: 1, currency: 'EURO' })
  })

  it('3: generic in the name, with positions of its own', () => {
    function fire<N extends EventName>(name: N, data: CustomData<N>, event: ScopedEventFields) {
      return web.track(name, data, event)
    }
    void fire('Purchase', { value: 1, currency: 'EUR' }, {})
    // @ts-expect-error no currency
    void fire('Purchase', { value: 1 }, {})
  })

  it('4: for one event', () => {
    const sold = (data: PurchaseData, event_id: string) => web.track('Purchase', data, { event_id })
    void sold({ value: '12.50', currency: 'eur', order_id: 1 }, 'order.1')
  })

  it('5: of the parameters of track', () => {
    const fire = (...args: Parameters<Tracker['track']>) => web.track(...args)
    void fire('Lead', {}, { event_id: 'a' })
  })

  it('6: bound, and taken out of its tracker', () => {
    const bound: Tracker['track'] = web.track.bind(web)
    const { track } = web
    void [bound('PageView'), track('PageView')]
  })

  it('7: for names that are known', () => {
    const fire = (
      name: Exclude<StandardEventName, 'Purchase'>,
      data?: StandardCustomData,
      event?: ScopedEventFields & TrackOptions,
    ) => web.track(name, data, event)
    void fire('Lead')
  })

  it('8: for names that are not, with an event_id of its own', () => {
    const fire = (name: string, data: StandardCustomData = {}, event: ScopedEventFields = {}) =>
      web.track(name, data, { ...event, event_id: `${name}.1` })
    void fire('Quiz', { level: 1 })
  })

  it('9: of an object', () => {
    interface Tracked {
      name: string
      data?: Record<string, unknown> | undefined
      id?: string | undefined
    }
    const fire = ({ name, data, id }: Tracked) => web.track(name, data, { event_id: id })
    void fire({ name: 'Quiz' })
  })

  it('10: a tracker of your own', () => {
    class Logged implements Tracker {
      readonly #inner: Tracker
      constructor(inner: Tracker) {
        this.#inner = inner
      }
      track: Tracker['track'] = (name, ...rest) => this.#inner.track(name, ...rest)
      send: Tracker['send'] = (events, options) => this.#inner.send(events, options)
      enqueue: Tracker['enqueue'] = (events, options) => this.#inner.enqueue(events, options)
      with(scope: Scope): Tracker {
        return new Logged(this.#inner.with(scope))
      }
    }
    void new Logged(web).track('Purchase', { value: 1, currency: 'EUR' })
  })

  it('11: a stand-in for tests', () => {
    const receipt: Receipt = { event_id: '1', outcome: 'accepted', issues: [] }
    const stub: Pick<Tracker, 'track'> = { track: async () => receipt }
    const seen: string[] = []
    const spy: Pick<Tracker, 'track'> = {
      track: async (name: string, data?: { value?: unknown }, event?: { event_id?: unknown }) => {
        seen.push(name, String(data?.value), String(event?.event_id))
        return receipt
      },
    }
    void [stub, spy]
  })

  it('12: around a client, whose events say where they happened', () => {
    const fire = (name: string, data: StandardCustomData, event: EventFields) =>
      capi.track(name, data, event)
    void fire('Lead', {}, { action_source: 'chat', user_data })
  })
})

describe('functions for any tracker compile', () => {
  it('with a client, a tracker of a scope, and one without', () => {
    const seen = (tracker: Tracker) =>
      tracker.track('Lead', {}, { action_source: 'chat', user_data })
    void [seen(capi), seen(web), seen(capi.with({ user_data }))]
  })

  it('that demand the action_source where it may be missing', () => {
    const seen = (tracker: RootTracker) => tracker.track('Lead', {}, { ...page, user_data })
    void [seen(capi), seen(web), seen(capi.with({ user_data }))]
    const careless = (tracker: RootTracker) =>
      // @ts-expect-error no action_source
      tracker.track('Lead', {}, { user_data })
    void careless
  })

  it('that make a tracker of it', () => {
    const scoped = (client: Pick<Capi, 'with'>, scope: Scope): RootTracker => client.with(scope)
    const website = (tracker: RootTracker): Tracker => tracker.with(page)
    void [scoped(capi, {}), website(capi), website(web)]
  })
})

describe('custom_data', () => {
  interface Quiz {
    score: number
    level?: string
  }
  interface Sale {
    value: number | string
    currency: string
    order_id?: string
  }
  const quiz = { score: 1 } as Quiz
  const sale = { value: 1, currency: 'EUR' } as Sale

  it('may be of an interface, with known keys or without', () => {
    void web.track('Quiz', quiz)
    void web.track('Quiz', { ...quiz })
    void web.track('Purchase', sale)
    void web.track('Lead', sale)
    void capi.track('Quiz', quiz, { ...page, user_data })
    const kept: StandardCustomData = quiz
    void kept
  })

  it('may be of a record, of a class or of any', () => {
    const record: Record<string, unknown> = {}
    const parsed = JSON.parse('{}')
    void web.track('Quiz', record)
    void web.track('Purchase', parsed, parsed)
    void web.track(
      'Quiz',
      new (class Score implements Quiz {
        score = 1
      })(),
    )
  })

  it('is an object', () => {
    // @ts-expect-error text
    void web.track('Lead', 'gift')
    // @ts-expect-error a number
    void web.track('Lead', 12)
    // @ts-expect-error a list
    void web.track('Lead', [{ value: 1, currency: 'EUR' }])
  })

  it('takes the keys of a catalogue with their types, where content_type names it', () => {
    void web.track('ViewContent', { content_type: 'vehicle', body_style: 'SUV', mine: 1 })
    // @ts-expect-error no such body
    void web.track('ViewContent', { content_type: 'vehicle', body_style: 'BOAT' })
    void web.track('ViewContent', { content_type: 'product', body_style: 'BOAT' })
  })

  it('takes a currency that is chosen at run time', () => {
    const isUs = Math.random() > 0.5
    void web.track('Purchase', { value: 1, currency: isUs ? 'USD' : 'EUR' })
    // @ts-expect-error one of them is none
    void web.track('Purchase', { value: 1, currency: isUs ? 'US$' : 'EUR' })
  })

  it('takes no key of the event', () => {
    // @ts-expect-error beside custom_data
    void web.track('Lead', { user_data })
    // @ts-expect-error beside custom_data
    void web.track('Lead', { event_id: '1' })
    // @ts-expect-error beside custom_data
    void web.track('Lead', { action_source: 'chat' })
  })
})

describe('an event’s fields follow its action_source', () => {
  it('where it is chosen at run time', () => {
    const isShop = Math.random() > 0.5
    void web.track('Lead', {}, { action_source: isShop ? 'chat' : 'email', user_data })
    void capi.track('Lead', {}, { action_source: isShop ? 'chat' : 'email', user_data })
  })

  it('and where it is undefined, which is none', () => {
    void web.track('Lead', {}, { action_source: undefined })
    // @ts-expect-error the client has no other
    void capi.track('Lead', {}, { action_source: undefined })
  })

  it('with undefined for what is not said', () => {
    void web.track('Lead', undefined, undefined)
    void web.track('Lead', undefined, { event_id: undefined, user_data: undefined })
  })
})
