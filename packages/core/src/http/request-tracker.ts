import { listOf, mapEvents } from '../client/read-payload.ts'
import type { Receipt } from '../client/receipt.ts'
import type { TrackOptions } from '../client/track-arguments.ts'
import { NO_TRACK_OPTIONS, trackOptions } from '../client/track-options.ts'
import type { Capi, SendOptions, Tracker } from '../client/tracker.ts'
import { type Consent, consentIn, consentOf, isAllowed } from '../event/consent.ts'
import { eventIdFrom } from '../event/event-id.ts'
import type { Scope } from '../event/event-input.ts'
import { hashUserData } from '../event/hash-user-data.ts'
import { mergeScope } from '../event/merge-scope.ts'
import { isSkipped, SKIPPED } from '../event/request-scope.ts'
import { isSaved, type SavedContext, saved } from '../event/saved-context.ts'
import { asFields, type Fields } from '../field/fields.ts'
import { attempt } from '../runtime/attempt.ts'
import { randomId } from '../runtime/random-id.ts'
import type { UserDataInput } from '../user-data/user-data.ts'
import { type Judged, judge, judgedEvent, type OwnScope, visitConsent } from './judged-event.ts'
import type { RequestContext } from './request-context.ts'
import { newVisitor, UNREAD, Visit, type VisitSource, waysOf } from './visit.ts'

/**
 * The tracker of one web request. An event that happened elsewhere, for its `action_source` is given and is not `website`,
 * stands for itself: it takes no address, user agent, page, click id, `user` or consent of the request.
 */
export interface RequestTracker extends Tracker {
  /**
   * What the request knows of its visitor, as plain data: it can wait on a job queue and be handed to
   * `capi.with(context)` there. Persons are in it hashed, and their consent too: of a visitor who denied
   * it nothing else is.
   */
  readonly context: SavedContext
  /** What the visitor allows, as far as it is known by now: shall the page load the Pixel? */
  readonly consent: Consent
  /** Says who the visitor is, for the events after it: after a login, for example. Raw or hashed values. */
  setUser(userData: UserDataInput): void
  /**
   * From now on this counts, not the `consent` option. `granted` and `ldu` track what was held, `denied`
   * drops it.
   */
  setConsent(consent: Consent): void
  /**
   * `eventId('order', 1001)` is what the page's Pixel can repeat; without parts, a random id. A part that is nothing gives a
   * random id too, with an issue of the event that gets it: see `eventIdFrom`.
   */
  eventId(...parts: readonly (string | number)[]): string
}

/** The same, with what the adapter needs to serve the request. */
export interface HostedRequestTracker extends RequestTracker {
  /** `Set-Cookie` values for `_fbc` and `_fbp`, where they are new or changed, and allowed. */
  readonly setCookies: readonly string[]
  /** The visitor's address as the connection and the trusted proxies tell it; no cookie can change it. */
  readonly clientIp: string | undefined
  /** The response is over: what is still held is dropped. Harmless twice. */
  end(): void
}

/** How a request's visitor is known. What a function here throws costs its answer, never the request. */
export interface RequestTrackerOptions {
  /**
   * What the visitor allows, or a function asked at each event until `setConsent`: undefined from it means
   * `pending`. Default: `granted`.
   */
  readonly consent?: Consent | (() => Consent | undefined) | undefined
  /** Who the visitor is, asked at each event: from the session, for example. `setUser` and the event win. */
  readonly user?: (() => UserDataInput | undefined) | undefined
  /**
   * True while the request is no visit, a bot's for example: its events are dropped as `disabled`, it sets no cookie, and its
   * `context` allows nothing. Events that happened elsewhere are none of its, and are tracked. Asked at each event.
   */
  readonly isSkipped?: (() => boolean) | undefined
}

/** Puts what a request knows, and a scope, under events. */
class ScopedTracker {
  protected readonly visit: Visit
  readonly #scope: OwnScope

  constructor(visit: Visit, fields: Scope & Fields) {
    this.visit = visit
    this.#scope = { fields, consent: consentIn(fields) }
  }

  // Fields, not methods: `const { track } = req.capi` works.
  readonly track = async (name: string, data?: object, event?: TrackOptions): Promise<Receipt> => {
    const [receipt] = await this.#take([wholeEvent(name, data, event)], trackOptions(event))
    return receipt as Receipt
  }

  readonly enqueue = async (events: unknown, put?: TrackOptions): Promise<unknown> => {
    const list = attempt(() => listOf(events))
    if (list === undefined) return this.visit.source.ways.plain.enqueue(events as never, put)
    const receipts = await this.#take(list, put)
    return Array.isArray(events) ? receipts : receipts[0]
  }

  // A `pending` one cannot wait for Meta's answer and for the visitor's: it is dropped.
  readonly send = async (events: unknown, sending?: SendOptions): Promise<unknown> => {
    const now = this.visit.consent
    let isPlain = false
    const whole = mapEvents(events, (event) => {
      const judged = judge(this.visit, now, this.#scope, event)
      isPlain ||= judged.isElsewhere
      return judgedEvent(event, judged)
    })
    return this.#way(isPlain).send(whole as never, sending)
  }

  readonly with = (inner: Scope): Tracker => {
    const { fields, consent } = this.#scope
    // Throws here for what is malformed, not when an event is tracked.
    const plain = this.visit.source.ways.client.with(fields).with(inner) as Tracker
    // Another visit, or one that is over: nothing of this one is mixed in.
    if (isSaved(inner)) return plain
    const scope = mergeScope(fields, inner as Fields)
    const said = consentIn(inner) ?? consent
    if (said !== undefined) scope['consent'] = said
    if (isSkipped(fields.pixelId)) scope['pixelId'] = fields.pixelId
    return new ScopedTracker(this.visit, scope) as unknown as Tracker
  }

  /** Each to the client, or held until the visitor has answered. */
  #take(events: readonly unknown[], put?: TrackOptions): Promise<readonly Receipt[]> {
    const { visit } = this
    const now = visit.consent
    if (now !== 'pending') visit.held.settle(now)
    const held: (Receipt | undefined)[] = []
    const due: unknown[] = []
    let isPlain = false
    for (const event of events) {
      const judged = judge(visit, now, this.#scope, event)
      const isHeld = judged.consent === 'pending' && !judged.isElsewhere
      const receipt = isHeld ? this.#hold(event, judged, put) : undefined
      held.push(receipt)
      if (receipt !== undefined) continue
      isPlain ||= judged.isElsewhere
      due.push(judgedEvent(event, judged))
    }
    const taken = this.#way(isPlain).enqueue(due as never[], put)
    if (due.length === held.length) return taken
    let next = 0
    return taken.then((others) => held.map((receipt) => receipt ?? (others[next++] as Receipt)))
  }

  #hold(event: unknown, judged: Judged, put?: TrackOptions): Receipt | undefined {
    const { visit } = this
    const then = (now: Consent, one: unknown) => visitConsent(visit, now, this.#scope, one)
    return visit.held.take(event, (copy) => ({
      waits: (now) => then(now, copy) === 'pending',
      go: (now) => {
        const isSkipped = judged.isSkipped || visit.isSkipped
        const whole = judgedEvent(copy, { ...judged, consent: then(now, copy), isSkipped })
        return this.#way(false).enqueue(whole as never, put)
      },
    }))
  }

  /** What the client itself says of consent counts for events that no visitor was asked about. */
  #way(hasElsewhere: boolean): Tracker {
    const { judged, plain } = this.visit.source.ways
    return hasElsewhere && this.#scope.consent === undefined ? plain : judged
  }
}

/** What an adapter puts on a request. A class, so that V8 can forget it with the request: getters of a literal stay. */
export class RequestCapiTracker extends ScopedTracker {
  #pageId: string | undefined
  /** The application has asked for the id of the page's view. */
  isPageIdShown = false

  constructor(source: VisitSource) {
    super(new Visit(source), {})
  }

  get context(): SavedContext {
    const { visit } = this
    // A job that is given it tracks nothing, also with a newer consent.
    if (visit.isSkipped) return saved({ ...UNREAD.scope, consent: 'denied', ...SKIPPED })
    const { consent } = visit
    if (consent === 'granted') return saved(hashed(visit.layers))
    return saved({ ...(consent === 'denied' ? UNREAD.scope : hashed(visit.layers)), consent })
  }

  get consent(): Consent {
    return this.visit.consent
  }

  get setCookies(): readonly string[] {
    const { visit } = this
    return isAllowed(visit.consent) && !visit.isSkipped ? visit.context.setCookies : []
  }

  get clientIp(): string | undefined {
    return this.visit.context.clientIp
  }

  get pageViewId(): string {
    this.isPageIdShown = true
    return this.pageId()
  }

  readonly setUser = (userData: UserDataInput): void => this.visit.identify(userData)

  readonly setConsent = (given: Consent): void => {
    const { visit } = this
    const consent = consentOf(given)
    if (consent === undefined) attempt(() => visit.source.onUnknownConsent?.())
    // An answer that is missing from a form is none: it must not pass for a yes.
    visit.decide(consent ?? 'denied', consent !== 'pending')
  }

  readonly eventId = (...parts: readonly (string | number)[]): string =>
    parts.length === 0 ? randomId() : eventIdFrom(...parts)

  readonly end = (): void => this.visit.held.end(this.visit.consent)

  pageId(): string {
    this.#pageId ??= randomId()
    return this.#pageId
  }
}

/**
 * The tracker of one request, without a host: nothing is read before it is first used; what the caller's functions
 * throw costs their answer, never the request: of a failing `consent` the answer is `denied`.
 * @param read is called once.
 */
export function createRequestTracker(
  client: Pick<Capi, 'with'>,
  read: () => RequestContext,
  { consent = 'granted', user, isSkipped: skips }: RequestTrackerOptions = {},
): HostedRequestTracker {
  const tracker = new RequestCapiTracker({
    ways: waysOf(client),
    visitor: newVisitor(),
    read,
    consent: typeof consent === 'function' ? consent : () => consent,
    user: () => user?.(),
    isSkipped: () => skips?.() === true,
  })
  return tracker as unknown as HostedRequestTracker
}

/** The arguments of `track` as one event. */
function wholeEvent(event_name: string, custom_data: unknown, event: unknown): unknown {
  const given = event ?? {}
  if (asFields(given) === undefined) return given
  return attempt(() => ({ ...given, ...NO_TRACK_OPTIONS, event_name, custom_data }), given)
}

/** No raw identifier waits on a queue. */
function hashed(layers: readonly Fields[]): RequestContext['scope'] {
  const scope = mergeScope(...layers) as unknown as RequestContext['scope']
  return { ...scope, user_data: hashUserData(scope.user_data ?? {}).user_data }
}
