import type { Consent, CustomData, EventName } from '@capi/core'
import type { CheckedData } from '@capi/core/adapter'

/** How a page reports its events. */
export interface TrackerOptions {
  /** Where your collector listens; default `/events`. `false`: there is none, events go to the Pixel alone. */
  readonly endpoint?: string | false | undefined
  /**
   * Your dataset. The tracker then loads Meta's Pixel as soon as consent allows it, and starts it: the page needs no snippet of
   * Meta's. Default: the page has a Pixel of its own, which the tracker calls whenever it comes. `false`: no event goes to a Pixel.
   */
  readonly pixelId?: string | false | undefined
  /** Where the Pixel's script is; default Meta's. The emulator's is `http://127.0.0.1:2274/en_US/fbevents.js`. */
  readonly pixelUrl?: string | undefined
  /**
   * What the visitor allows; default `granted`: you have asked elsewhere. Under `pending` events wait for `setConsent`, 50 at most;
   * under `denied` they are dropped. Neither sets a cookie or loads the Pixel.
   */
  readonly consent?: Consent | undefined
  /** For `_fbc` and `_fbp`; default the widest domain that the browser allows: `shop.example` on `www.shop.example`. */
  readonly cookieDomain?: string | undefined
  /** `false`: Facebook's and Instagram's own browsers are not asked for the click id. Default true. */
  readonly inApp?: boolean | undefined
  /**
   * Called when a copy of an event did not leave the page: `server` when the request to the collector was blocked, failed or was not
   * answered with a success; `pixel` when the script of Meta's Pixel, which `pixelId` loads, was blocked.
   */
  readonly onBlocked?: ((copy: 'server' | 'pixel') => void) | undefined
}

/** What else is said of an event. */
export interface TrackedEvent {
  /** Default: a random one. The same for the Pixel and the server. */
  readonly event_id?: string | undefined
  /** `false`: your server has tracked this event itself, under this `event_id`. Only the Pixel gets it. */
  readonly endpoint?: false | undefined
}

/** A sale that your server signed with `signEvent`: its `event_id` and its `custom_data` are in the text. */
export interface SignedSale {
  /** What `signEvent` returned. */
  readonly ticket: string
}

/** A sale that your server has tracked itself; only the Pixel gets it. */
export interface TrackedSale {
  /** The one of the server's event: `receipt.event_id`. */
  readonly event_id: string
  /** Your server has told Meta. */
  readonly endpoint: false
}

type TrackRest<Name, Data, Copies> = [Name] extends ['Purchase']
  ? Copies extends 'pixel'
    ? [custom_data: Data, event?: TrackedEvent | undefined]
    : [custom_data: Data, event: TrackedSale] | [custom_data: Data | undefined, event: SignedSale]
  : [custom_data?: Data | undefined, event?: TrackedEvent | undefined]

type ContentType = NonNullable<CustomData['content_type']>

/** Which views a page counts. */
export interface WatchOptions {
  /** `true`: another query is another view. Default: another path is; filters of a list are none. */
  readonly search?: boolean | undefined
  /** The `event_id` of the PageView that your server tracked for this page, as `req.capi.pageViewId` has it: only the Pixel gets it. */
  readonly pageViewId?: string | undefined
}

/** Who the visitor is. Only SHA-256 hashes: 64 hex digits in lower case, as `hashUserData` of `@capi/core` makes them. */
export interface HashedUser {
  /** Of the e-mail address. */
  readonly em?: string | undefined
  /** Of the phone number. */
  readonly ph?: string | undefined
  /** Of your own id. */
  readonly external_id?: string | undefined
}

/** Tracks the events of a page. No method throws. */
export interface Tracker<Copies extends 'both' | 'pixel' = 'both'> {
  /**
   * Reports an event to the Pixel and to your collector, under one id. A blocked Pixel does not stop the server's copy, nor the
   * other way round.
   *
   * A `Purchase` needs what your server signed, `{ ticket }`, because a page cannot be trusted with a sale; or `{ event_id,
   * endpoint: false }` where your server has tracked the sale itself.
   * @param name a standard event, or a name of your own.
   * @param rest `custom_data`: what the event is about. `event`: its `event_id`, its ticket.
   * @returns the `event_id`, at once. What was blocked is reported to `onBlocked`.
   */
  track<N extends EventName, C extends string, K extends PropertyKey, T extends ContentType>(
    name: N,
    ...rest: TrackRest<N, CheckedData<N, C, K, T>, Copies>
  ): string
  /** Tracks a PageView of the page as it is now. @returns its `event_id`. */
  page(event?: TrackedEvent): string
  /**
   * Tracks a PageView of the page as it is now, unless `page()` has, and one for each page that a single-page application shows
   * or the browser brings back from its back-forward cache. Meta's Pixel then counts none by itself.
   * @returns a function that ends it.
   */
  watch(options?: WatchOptions): () => void
  /** What the visitor allows from now on. A yes sends what waited. The Pixel gets the answer too. */
  setConsent(consent: Consent): void
  /** Who the visitor is, for the events after it. What is no hash is dropped, with a warning on the console. The Pixel gets the hashes where `pixelId` names it. */
  setUser(user: HashedUser): void
}
