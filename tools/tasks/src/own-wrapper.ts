import type {
  Capi,
  CustomData,
  EventFields,
  EventName,
  PurchaseData,
  Receipt,
  ScopedEventFields,
  TrackArguments,
  Tracker,
} from '@capi/core'

/** Ten shapes in which applications put a function of their own around `track`. */
export function wrappersOf(capi: Capi) {
  const web = capi.with({ action_source: 'other', user_data: { external_id: 7 } })

  /** Passes everything on, and stays checked. */
  function fire<N extends EventName>(name: N, ...rest: TrackArguments<N, string>) {
    return web.track(name, ...rest)
  }

  /** The same as a value. */
  const same: Tracker['track'] = (name, ...rest) => web.track(name, ...rest)

  /** Its data by the event's name. */
  function withData<N extends EventName>(name: N, data: CustomData<N>, event?: ScopedEventFields) {
    return web.track(name, data, event)
  }

  /** One event. */
  const purchase = (data: PurchaseData, event: EventFields) => capi.track('Purchase', data, event)

  /** Any name of one's own. */
  const custom = (name: string, data?: Record<string, string | number>) => web.track(name, data)

  /** The method alone. */
  const { track } = web

  /** A bound one. */
  const bound = web.track.bind(web)

  /** Arguments as a list. */
  const late =
    (...args: Parameters<Tracker['track']>) =>
    () =>
      web.track(...args)

  /** One that adds to each event. */
  const tenant = (id: string): Tracker => web.with({ custom_data: { tenant: id } })

  /** A class of one's own. */
  class Analytics {
    readonly #tracker: Tracker
    constructor(tracker: Tracker) {
      this.#tracker = tracker
    }
    lead(email: string): Promise<Receipt> {
      return this.#tracker.track('Lead', {}, { user_data: { em: email } })
    }
  }

  return { fire, same, withData, purchase, custom, track, bound, late, tenant, Analytics }
}

export async function useAll(capi: Capi): Promise<number> {
  const all = wrappersOf(capi)
  const sale = { value: 1, currency: 'EUR' }
  await all.fire('Purchase', sale, { event_id: 1 })
  await all.same('Purchase', { value: 1, currency: 'EUR' }, { event_id: 2 })
  await all.withData('Purchase', sale, { event_id: 3 })
  await all.purchase(sale, { action_source: 'chat', event_id: 4, user_data: { external_id: 8 } })
  await all.custom('QuizFinished', { score: 3 })
  await all.track('Lead')
  await all.bound('Lead')
  await all.late('Lead')()
  await all.tenant('blue').track('Lead')
  await new all.Analytics(all.tenant('red')).lead('anna.muster@example.com')
  return 10
}
