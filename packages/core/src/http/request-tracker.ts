import { attempt } from '../attempt.ts'
import type { Capi, Receipt, Tracker } from '../client/tracker.ts'
import {
  askConsent,
  type Consent,
  consentIn,
  isAllowed,
  readConsent,
  stricter,
} from '../consent.ts'
import { eventIdFrom } from '../event/event-id.ts'
import type { Scope } from '../event/event-input.ts'
import { mergeScope } from '../event/merge-scope.ts'
import { type SavedContext, saved } from '../event/saved-context.ts'
import { asFields, type Fields } from '../fields.ts'
import { randomId } from '../random-id.ts'
import { hashUserData } from '../user-data/hash-user-data.ts'
import type { UserDataInput } from '../user-data/user-data.ts'
import { createHold } from './held-events.ts'
import type { RequestContext } from './request-context.ts'

type RequestScope = RequestContext['scope']

/** The tracker of one web request. */
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
}

const NOBODY: Fields = {}
const NOTHING: Scope = {}
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

  function tracker(extra: Scope): Tracker {
    const own = consentIn(extra)
    const under = (scope: RequestScope, consent: Consent) => {
      const base = client.with({ ...scope, consent })
      return extra === NOTHING ? base : base.with({ ...extra, consent })
    }
    /** What counts for an event once the request's consent is this. A yes that the visitor says answers what was pending. */
    const settled = (then: Consent, event?: object) => {
      const answered = (said: Consent | undefined) =>
        said === 'pending' && decided !== undefined ? decided : said
      return stricter(answered(own) ?? then, answered(consentIn(event)))
    }
    return {
      async track(name: string, data?: object, event?: object): Promise<Receipt> {
        const now = consentNow()
        const consent = settled(now, event)
        const scope = isAllowed(consent) || consent === 'pending' ? scopeNow() : UNREAD.scope
        const go = (then: Consent, fields = event, custom = data) => {
          const allowed = settled(then, fields)
          return under(scope, allowed).track(name, custom, withConsent(fields, allowed) as never)
        }
        if (now !== 'pending') hold.settle(now)
        const waits = (then: Consent) => settled(then, event) === 'pending'
        return (consent === 'pending' && hold.take({ go, waits }, event, data)) || go(now)
      },
      // A `pending` one cannot wait for Meta's answer and for the visitor's: it is dropped.
      async send(events, sending) {
        const consent = settled(consentNow())
        return under(isAllowed(consent) ? scopeNow() : UNREAD.scope, consent).send(
          events as never,
          sending,
        )
      },
      with(inner: Scope) {
        client.with(inner) // Throws here for what is malformed, not when an event is tracked.
        const said = consentIn(inner) ?? own
        return tracker({ ...merged(extra, inner), ...(said !== undefined && { consent: said }) })
      },
    } as Tracker
  }

  return {
    ...tracker(NOTHING),
    get context() {
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
      return isAllowed(consentNow()) ? request().setCookies : []
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
