import { listOf, mapEvents } from '../client/read-payload.ts'
import type { Receipt } from '../client/receipt.ts'
import type { TrackOptions } from '../client/track-arguments.ts'
import type { Capi, SendOptions, Tracker } from '../client/tracker.ts'
import {
  askConsent,
  type Consent,
  consentIn,
  isAllowed,
  readConsent,
  stricter,
} from '../event/consent.ts'
import { eventIdFrom } from '../event/event-id.ts'
import type { Scope } from '../event/event-input.ts'
import { hashUserData } from '../event/hash-user-data.ts'
import { mergeScope } from '../event/merge-scope.ts'
import { isElsewhere } from '../event/request-scope.ts'
import { isSaved, type SavedContext, saved } from '../event/saved-context.ts'
import { asFields, type Fields } from '../field/fields.ts'
import { attempt } from '../runtime/attempt.ts'
import { randomId } from '../runtime/random-id.ts'
import type { UserDataInput } from '../user-data/user-data.ts'
import { createHold } from './held-events.ts'
import type { RequestContext } from './request-context.ts'

type RequestScope = RequestContext['scope']

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

const NOBODY: Fields = {}
const NOTHING: Scope = {}
/** A job that is given it tracks nothing, also with a newer consent. */
const SKIPPED: SavedContext = saved({ action_source: 'website', consent: 'denied', pixelId: [] })
const UNREAD: RequestContext = { scope: { action_source: 'website' }, setCookies: [], warnings: [] }

/**
 * What an adapter puts on a request. Nothing is read before it is first used; what the caller's functions
 * throw costs their answer, never the request: of a failing `consent` the answer is `denied`.
 * @param read is called once.
 */
export function createRequestTracker(
  client: Pick<Capi, 'with'>,
  read: () => RequestContext,
  options: RequestTrackerOptions = {},
): HostedRequestTracker {
  const hold = createHold()
  let known: RequestContext | undefined
  let decided: Consent | undefined
  let identified = NOBODY

  const consentNow = () => decided ?? askConsent(options.consent ?? 'granted')

  function request(): RequestContext {
    if (known !== undefined) return known
    const given = attempt(read, UNREAD)
    known = attempt(
      () => ({ ...given, scope: { ...given.scope }, setCookies: [...given.setCookies] }),
      UNREAD,
    )
    return known
  }

  function scopeNow(): RequestScope {
    const { scope } = request()
    if (options.user === undefined && identified === NOBODY) return scope
    const user = options.user && asFields(attempt(options.user))
    // What the application says of a person may hold a getter that throws.
    const person = attempt(() => merged({ user_data: { ...user } }, { user_data: identified }))
    return person === undefined ? scope : merged(scope, person)
  }

  const skips = () => options.isSkipped !== undefined && attempt(options.isSkipped) === true

  function tracker(extra: Scope): Tracker {
    const own = consentIn(extra)
    /** What counts for an event once the request's consent is this. A yes that the visitor says answers what was pending. */
    const settled = (then: Consent, event?: unknown) => {
      const answered = (said: Consent | undefined) =>
        said === 'pending' && decided !== undefined ? decided : said
      return stricter(answered(own) ?? then, answered(consentIn(event)))
    }
    /** What is put under an event of the visit. */
    const visit = (consent: Consent): Scope => {
      if (skips()) return { ...extra, pixelId: [] }
      const isRead = isAllowed(consent) || consent === 'pending'
      return merged<Scope>(isRead ? scopeNow() : UNREAD.scope, extra)
    }
    /** The whole event, for the plain client. One that cannot be read is left for the client to refuse. */
    const whole = (event: unknown): unknown => {
      if (isElsewhere(event, extra))
        return covered(event, extra, stricter(own ?? 'granted', consentIn(event)))
      const consent = settled(consentNow(), event)
      return covered(event, visit(consent), consent)
    }
    /** Tracks an event, or holds it until the visitor has answered. */
    function heldReceipt(event: unknown, put?: TrackOptions): Receipt | undefined {
      if (isElsewhere(event, extra)) return undefined
      const now = consentNow()
      if (now !== 'pending') hold.settle(now)
      if (settled(now, event) !== 'pending') return undefined
      const scope = visit('pending')
      const go = (then: Consent, copy?: unknown) =>
        client.with(NOTHING).enqueue(covered(copy, scope, settled(then, copy)) as never, put)
      return hold.take(
        { go, waits: (then) => settled(then, event) === 'pending' },
        event as object,
        undefined,
      )
    }
    return {
      async track(name: string, data?: object, event?: object): Promise<Receipt> {
        if (isElsewhere(event, extra)) return client.with(extra).track(name, data, event as never)
        const now = consentNow()
        const consent = settled(now, event)
        const scope = visit(consent)
        const go = (then: Consent, fields = event, custom = data) => {
          const allowed = settled(then, fields)
          const tracker = client.with({ ...scope, consent: allowed })
          return tracker.track(name, custom, withConsent(fields, allowed) as never)
        }
        if (now !== 'pending') hold.settle(now)
        const waits = (then: Consent) => settled(then, event) === 'pending'
        return (consent === 'pending' && hold.take({ go, waits }, event, data)) || go(now)
      },
      async enqueue(events: unknown, put?: TrackOptions) {
        const list = attempt(() => listOf(events))
        if (list === undefined) return client.with(NOTHING).enqueue(events as never, put)
        const held = list.map((event) => heldReceipt(event, put))
        const due = list.filter((_event, index) => held[index] === undefined).map(whole)
        const receipts = [...(await client.with(NOTHING).enqueue(due as never[], put))]
        const all = held.map((receipt) => receipt ?? receipts.shift())
        return Array.isArray(events) ? all : all[0]
      },
      // A `pending` one cannot wait for Meta's answer and for the visitor's: it is dropped.
      async send(events: unknown, sending?: SendOptions) {
        return client.with(NOTHING).send(mapEvents(events, whole) as never, sending)
      },
      with(inner: Scope) {
        // Throws here for what is malformed, not when an event is tracked.
        const plain = client.with(extra).with(inner)
        // Another visit, or one that is over: nothing of this one is mixed in.
        if (isSaved(inner)) return plain
        const said = consentIn(inner) ?? own
        return tracker({ ...merged(extra, inner), ...(said !== undefined && { consent: said }) })
      },
    } as Tracker
  }

  return {
    ...tracker(NOTHING),
    get context() {
      if (skips()) return SKIPPED
      const consent = consentNow()
      if (consent === 'granted') return saved(hashed(scopeNow()))
      return saved({ ...(consent === 'denied' ? UNREAD.scope : hashed(scopeNow())), consent })
    },
    get consent() {
      return consentNow()
    },
    setUser(userData) {
      identified = attempt(() => ({ ...identified, ...userData }), identified)
    },
    setConsent(consent) {
      // An answer that is missing from a form is none: it must not pass for a yes.
      decided = consent === undefined || consent === null ? 'denied' : readConsent(consent)
      if (decided !== 'pending') hold.settle(decided)
    },
    get setCookies() {
      return isAllowed(consentNow()) && !skips() ? request().setCookies : []
    },
    get clientIp() {
      return request().clientIp
    },
    eventId: (...parts) => (parts.length === 0 ? randomId() : eventIdFrom(...parts)),
    end() {
      hold.end(consentNow())
    },
  }
}

/** The event with a scope under it, and the consent that was found for it. Without one, of an unreadable event nothing is left. */
function covered(event: unknown, scope: Scope, consent: Consent): unknown {
  const isNowhere = Array.isArray(scope.pixelId) && scope.pixelId.length === 0
  return attempt(
    () => {
      const own = asObject(event)
      return {
        ...merged<object>(scope, own),
        // A key that is there and empty must not pass for the scope's pixel, or the client's.
        ...('pixelId' in own && { pixelId: own['pixelId'] }),
        ...(isNowhere && { pixelId: [] }),
        consent,
      }
    },
    isAllowed(consent) ? event : { consent },
  )
}

/** @throws an error that `attempt` catches */
function asObject(event: unknown): Fields {
  const fields = asFields(event)
  // biome-ignore lint/plugin: it is caught where the event is built
  if (fields === undefined) throw new TypeError('no event')
  return fields
}

function merged<S extends object>(scope: S, inner: object): S {
  return mergeScope(scope as Fields, inner as Fields) as S
}

/** The consent that the event brought is judged: the client must not judge it again. */
function withConsent(event: object | undefined, consent: Consent): object | undefined {
  const isSaid = consentIn(event) !== undefined
  return isSaid ? attempt(() => ({ ...event, consent }), event) : event
}

/** No raw identifier waits on a queue. */
function hashed(scope: RequestScope): RequestScope {
  return { ...scope, user_data: hashUserData(scope.user_data ?? {}).user_data }
}
