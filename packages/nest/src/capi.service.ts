import {
  type Capi,
  type Consent,
  type DeadLetters,
  type DrainOptions,
  eventIdFrom,
  type FlushResult,
  type Receipt,
  type RequestTracker,
  type Scope,
  type Stats,
  type Tracker,
  type UserDataInput,
} from '@capi/core'
import type { CapiRuntime } from './capi.runtime.ts'

/** The module's client, and where it finds the current request. */
type ServiceHost = Pick<CapiRuntime, 'host' | 'name' | 'storage'>
type LooseTrack = (name: string, data?: object, event?: object) => Promise<Receipt>

/**
 * Sends events with what the current request knows of its visitor, wherever in the application it is called.
 * Where there is no request (a job, a cron task, a message from a queue) it is the plain client: events then
 * say their own `action_source`, or come from `with(savedContext)`. An event whose `action_source` is not `website` stands for
 * itself within a request too: a payment webhook, a back office and a worker that a request has started take nothing of it.
 * @example
 * constructor(private readonly capi: CapiService) {}
 * // in a method: await this.capi.track('Lead', {}, { user_data: { em } })
 */
export class CapiService implements Tracker {
  /** The plain client: knows no request. */
  readonly client: Capi
  readonly #runtime: ServiceHost

  constructor(runtime: ServiceHost) {
    this.client = runtime.host.client
    this.#runtime = runtime
  }

  /** The current request's tracker; undefined outside a request. Keeps working after the response. */
  get request(): RequestTracker | undefined {
    const { name, storage } = this.#runtime
    return storage.getStore()?.get(name)?.hosted.tracker
  }

  /**
   * Queues an event, as the Pixel's `fbq('track', name, data, { eventID })` does. Never throws and never
   * rejects; resolves when the event is in the outbox or dropped, and the receipt says which.
   */
  readonly track: Tracker['track'] = ((...event) =>
    (this.#current.track as LooseTrack)(...event)) as LooseTrack as Tracker['track']

  /** Queues whole events, one or a list, as `track` does: never throws and never rejects. */
  readonly enqueue: Tracker['enqueue'] = (events, options) => this.#current.enqueue(events, options)

  /** Sends now and waits for Meta's answer. @throws CapiError as `createCapi().send` does. */
  readonly send: Tracker['send'] = (events, options) => this.#current.send(events, options)

  /**
   * A tracker that puts these fields under every event. A scope that says its `action_source`, as every saved
   * `context` does, stands for itself: nothing of the current request is mixed into another visitor's.
   */
  with(scope: Scope): Tracker {
    const tracker = scope?.action_source === undefined ? this.#current : this.client
    return tracker.with(scope) as Tracker
  }

  /** What the request knows of its visitor, as plain data for a job queue; `{}` outside a request. */
  get context(): Scope {
    return this.request?.context ?? {}
  }

  /** What the visitor allows; undefined outside a request. */
  get consent(): Consent | undefined {
    return this.request?.consent
  }

  /**
   * Says who the visitor is, for the request's events after it. Outside a request it changes nothing and logs a warning once: use
   * `with({ user_data })` there.
   */
  setUser(userData: UserDataInput): void {
    this.#requestFor('setUser', 'user_data')?.setUser(userData)
  }

  /**
   * What the visitor allows for the rest of the request, in place of the `consent` option. Outside a request it changes nothing and
   * logs a warning once: use `with({ consent })` there.
   */
  setConsent(consent: Consent): void {
    this.#requestFor('setConsent', 'consent')?.setConsent(consent)
  }

  /**
   * `eventId('order', 1001)` is what the page's Pixel can repeat; without parts, a random id. A part that is nothing gives a
   * random id too, with an issue of the event that gets it.
   */
  eventId(...parts: readonly (string | number)[]): string {
    return parts.length === 0 ? crypto.randomUUID() : eventIdFrom(...parts)
  }

  /** Sends what waits, and waits until it is settled or the time is up. Never rejects. */
  flush(options?: DrainOptions): Promise<FlushResult> {
    return this.client.flush(options)
  }

  /** Counts of the client since it was made. Never rejects. */
  stats(): Promise<Stats> {
    return this.client.stats()
  }

  /** Events Meta refused; to look at, send again or forget. */
  get deadLetters(): DeadLetters {
    return this.client.deadLetters
  }

  #requestFor(method: string, key: string): RequestTracker | undefined {
    const { request } = this
    if (request === undefined)
      this.#runtime.host.warn(
        'request_missing',
        `${method} was called outside a web request and changed nothing: events go without this ${key}. Track them with capi.with({ ${key} }) there.`,
        method,
      )
    return request
  }

  get #current(): Tracker {
    // A plain client is a tracker whose events say their own `action_source`; without it they are dropped
    // with an issue that tells so.
    return this.request ?? (this.client as unknown as Tracker)
  }
}
