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
  return { client, judged: judgedOf(client), plain: plainOf(client) }
}

/** The same of a client that is made when the first event needs it. */
export class LateWays implements Ways {
  readonly #clientOf: () => Pick<Capi, 'with'>

  constructor(clientOf: () => Pick<Capi, 'with'>) {
    this.#clientOf = clientOf
  }

  get client(): Pick<Capi, 'with'> {
    return this.#clientOf()
  }

  get judged(): Tracker {
    return judgedOf(this.client)
  }

  get plain(): Tracker {
    return plainOf(this.client)
  }
}

function judgedOf(client: Pick<Capi, 'with'>): Tracker {
  return client.with({ consent: 'granted' }) as unknown as Tracker
}

function plainOf(client: Pick<Capi, 'with'>): Tracker {
  return client.with({}) as unknown as Tracker
}

/** What the application has said of a visitor: all trackers of one request hear it. Plain data. */
export interface Visitor {
  /** What the visitor allows, in place of the `consent` option. */
  decided: Consent | undefined
  /** Who the visitor is. */
  person: Fields | undefined
  /** The events that wait for an answer, of each tracker. */
  readonly held: {
    /** Tracks or drops them. */
    settle(consent: Consent): void
  }[]
}

export const newVisitor = (): Visitor => ({ decided: undefined, person: undefined, held: [] })

/** What an adapter answers of one request. What a method throws, or a promise, costs its answer. */
export interface VisitSource {
  readonly ways: Ways
  readonly visitor: Visitor
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

export const UNREAD: RequestContext = {
  scope: { action_source: 'website' },
  setCookies: [],
  warnings: [],
}

/** One client's view of a request: what is known of its visitor by now. */
export class Visit {
  readonly source: VisitSource
  readonly held: HeldEvents = new HeldEvents()
  #context: RequestContext | undefined

  constructor(source: VisitSource) {
    this.source = source
    source.visitor.held.push(this.held)
  }

  /** What the application has said that the visitor allows. */
  get decided(): Consent | undefined {
    return this.source.visitor.decided
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
    const { person } = this.source.visitor
    if (person !== undefined) layers.push({ user_data: person })
    return layers
  }

  identify(userData: object): void {
    const { visitor } = this.source
    visitor.person = attempt(() => ({ ...visitor.person, ...userData }), visitor.person)
  }

  /** Of every tracker: what waited for this answer goes, or is dropped. */
  decide(consent: Consent, isAnswer: boolean): void {
    const { visitor } = this.source
    visitor.decided = consent
    if (isAnswer) for (const held of visitor.held) held.settle(consent)
  }

  #read(): RequestContext {
    const given = attempt(() => this.source.read(), UNREAD)
    return attempt(
      () => ({ ...given, scope: { ...given.scope }, setCookies: [...given.setCookies] }),
      UNREAD,
    )
  }
}
