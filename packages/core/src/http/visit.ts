import type { Capi, Tracker } from '../client/tracker.ts'
import { type Consent, readConsent } from '../event/consent.ts'
import { asFields, type Fields } from '../field/fields.ts'
import { attempt } from '../runtime/attempt.ts'
import { HeldEvents } from './held-events.ts'
import type { RequestContext } from './request-context.ts'

/** A client, as the events of requests reach it. Made once for each client. */
export interface Ways {
  readonly client: Pick<Capi, 'with'>
  /** For events whose consent is judged: nothing of the client's own is added. */
  readonly judged: Tracker
  /** For events that happened elsewhere: the client's own word counts. */
  readonly plain: Tracker
}

export function waysOf(client: Pick<Capi, 'with'>): Ways {
  return { client, judged: client.with({ consent: 'granted' }) as Tracker, plain: plainOf(client) }
}

function plainOf(client: Pick<Capi, 'with'>): Tracker {
  return client.with({}) as unknown as Tracker
}

/** What an adapter answers of one request. What a method throws, or a promise, costs its answer. */
export interface VisitSource {
  readonly ways: Ways
  /** Called once, when something is first asked of the request. */
  read(): RequestContext
  /** What the visitor allows, in any words; asked at each event until the application has said it. */
  consent(): unknown
  /** Who the visitor is; asked at each event. */
  user(): unknown
  isSkipped(): boolean
  /** The application said a consent that is none. */
  onUnknownConsent?(): void
}

const NOBODY: Fields = {}
export const UNREAD: RequestContext = {
  scope: { action_source: 'website' },
  setCookies: [],
  warnings: [],
}

/** What the trackers of one request share: what is known of its visitor by now. */
export class Visit {
  readonly source: VisitSource
  readonly held: HeldEvents = new HeldEvents()
  /** What the application has said that the visitor allows. */
  decided: Consent | undefined
  #context: RequestContext | undefined
  #person = NOBODY

  constructor(source: VisitSource) {
    this.source = source
  }

  get consent(): Consent {
    return this.decided ?? readConsent(attempt(() => this.source.consent(), 'denied'))
  }

  get isSkipped(): boolean {
    return attempt(() => this.source.isSkipped()) === true
  }

  get context(): RequestContext {
    this.#context ??= this.#read()
    return this.#context
  }

  /** What the request says of its visitor, then what the application does. */
  get layers(): readonly Fields[] {
    const { scope } = this.context
    // What the application says of a person may hold a getter that throws.
    const user = attempt(() => asFields(this.source.user()))
    const known = user && attempt(() => ({ user_data: { ...user } }))
    const layers: Fields[] = [scope as unknown as Fields]
    if (known !== undefined) layers.push(known)
    if (this.#person !== NOBODY) layers.push({ user_data: this.#person })
    return layers
  }

  identify(userData: object): void {
    this.#person = attempt(() => ({ ...this.#person, ...userData }), this.#person)
  }

  #read(): RequestContext {
    const given = attempt(() => this.source.read(), UNREAD)
    return attempt(
      () => ({ ...given, scope: { ...given.scope }, setCookies: [...given.setCookies] }),
      UNREAD,
    )
  }
}
