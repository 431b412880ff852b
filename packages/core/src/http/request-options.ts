import type { ClientLike } from '../client/client-like.ts'
import type { NoClientOptions } from '../client/client-options.ts'
import type { CapiOptions } from '../client/options.ts'
import { type Consent, consentOf, isConsent } from '../event/consent.ts'
import { asFields } from '../field/fields.ts'
import { demand } from '../option/demand.ts'
import { refuseSiteAddress } from '../option/meta-address.ts'
import type { AnyOptionTable, OptionKind } from '../option/option-table.ts'
import type { REQUEST_OPTION_NAMES } from '../option/request-option-names.ts'
import { isThenable } from '../runtime/attempt.ts'
import { errorName } from '../runtime/error-name.ts'
import type { WarnOnce } from '../runtime/warn-once.ts'
import type { UserDataInput } from '../user-data/user-data.ts'
import type { CookieDomain } from './cookie-domain.ts'
import { isAddressPlatform } from './platform-address.ts'
import type { TrustedProxies } from './request-like.ts'

/** Declared as a method is, so that a function of the framework's own type of request fits. */
export type OfRequest<R, T> = { call(request: R): T | undefined }['call']

/**
 * How requests are read, of whatever type the framework has for them. All functions are synchronous, and are called when
 * something is tracked. An answer that is thrown, is a promise, or is something else, is lost, never the request; it is
 * logged once.
 */
export interface RequestOptions<R> {
  /**
   * What the visitor allows, or a function of the request, asked at each event until `setConsent`. Return undefined while
   * the visitor has not answered (`pending`): events are held until `setConsent`, and dropped when the response ends. A yes
   * or no (`true`, `'1'`, `'no'`) is `granted` or `denied`; a throw, a promise and anything else `denied`. Default:
   * `granted`. A key that is there but undefined stops the start.
   */
  readonly consent?: Consent | OfRequest<R, Consent>
  /**
   * Who the visitor is, from the session for example, where it was loaded before; asked at each event. `setUser` and the
   * event's own `user_data` win.
   */
  readonly user?: OfRequest<R, UserDataInput> | undefined
  /**
   * The visitor's address, where the trusted proxies do not tell it; of a list the first public one. Return undefined to
   * fall back to the proxies.
   */
  readonly clientIp?: OfRequest<R, string> | undefined
  /**
   * True for requests that are no visit, of bots and health checks: they get no cookie and no automatic PageView, and their
   * events are dropped as `disabled`. Events whose `action_source` is not `website` did not happen in the request, and are
   * tracked.
   */
  readonly skip?: OfRequest<R, boolean> | undefined
  /**
   * Where the site is, for example `https://shop.example`, as the pages' addresses begin. Default: what the request
   * says. Without a scheme, the start stops. (Meta's own address is `baseUrl`.)
   */
  readonly siteUrl?: string | undefined
  /**
   * The address of the visitor's page, whole or a path of the site, where it is not the request's own: for the API of a
   * single-page application, read it from a header or the body. Default, or undefined: for a request that a page's script
   * sends (`fetch`), its `Referer`, if it is of the same site; else the address asked for.
   */
  readonly pageUrl?: OfRequest<R, string> | undefined
  /**
   * Sets `_fbc` and `_fbp` on page requests of visitors who consent, when they are new or changed; default
   * true. They are what ties a purchase to a click.
   */
  readonly cookies?: boolean | undefined
  /**
   * Registrable domain for those cookies, for example `example.com`, or a function of the host. Default: the host that was
   * asked, alone. Never guessed. A text that is no host name stops the start.
   */
  readonly cookieDomain?: CookieDomain | undefined
  /** Where the adapter's own lines go, and those of the client it makes; default: warnings and errors go to the console. */
  readonly logger?: CapiOptions['logger']
}

/** For frameworks that leave it to the application. */
export interface SomeRequestOptions<R> {
  /**
   * Tracks a PageView for each page that was answered with 2xx or 304; default false. Robots that name themselves, and
   * pages that are fetched ahead, are left out.
   */
  readonly autoPageView?: boolean | OfRequest<R, boolean> | undefined
  /** The proxies in front of a server that does not know them itself, a bare `node:http` one. Default: those of the framework, else none. */
  readonly trustedProxies?: TrustedProxies | undefined
}

/** The options of `createCapi`; what is left out comes from the environment. */
export interface OwnClient extends CapiOptions {
  /** A client made elsewhere; the options of `createCapi` are then ignored, and do not compile. Closing it is yours. */
  readonly client?: undefined
}

export interface GivenClient extends NoClientOptions {
  /** A client made elsewhere; the options of `createCapi` are then ignored, and do not compile. Closing it is yours. */
  readonly client?: ClientLike | undefined
}

/** All options of `createCapi`, or the client that is made already. */
export type ClientChoice = OwnClient | GivenClient

/** What a value may be, or an answer. */
type RequestValue =
  | 'address'
  | 'boolean'
  | 'client'
  | 'consent'
  | 'count'
  | 'domain'
  | 'object'
  | 'page'
  | 'site'
  | 'text'
  | 'word'

/** One option by which requests are read. */
interface RequestOption {
  /** How its texts are read. */
  readonly kind: Extract<OptionKind, string>
  /** What it must be unless it is a function. Absent: it must be one. */
  readonly value?: RequestValue
  /** What its function answers; undefined and null are no answer, and fine. Absent: it takes no function. */
  readonly answer?: RequestValue
  /** What an answer counts as that is something else, a promise, or thrown. Absent: no answer. */
  readonly otherwise?: 'denied'
  /** Only adapters take it whose framework leaves it something to say. */
  readonly isRare?: true
}

/** The one table of them: how each is read, what it may be, and what its function may answer. */
const REQUEST_OPTIONS: Readonly<Record<(typeof REQUEST_OPTION_NAMES)[number], RequestOption>> = {
  consent: { kind: 'consent', value: 'word', answer: 'consent', otherwise: 'denied' },
  user: { kind: 'any', answer: 'object' },
  clientIp: { kind: 'text', answer: 'text' },
  skip: { kind: 'any', answer: 'boolean' },
  siteUrl: { kind: 'text', value: 'site' },
  pageUrl: { kind: 'text', answer: 'page' },
  cookies: { kind: 'any', value: 'boolean' },
  cookieDomain: { kind: 'text', value: 'domain', answer: 'text' },
  client: { kind: 'any', value: 'client' },
  autoPageView: { kind: 'any', value: 'boolean', answer: 'boolean', isRare: true },
  trustedProxies: { kind: 'any', value: 'count', answer: 'boolean', isRare: true },
  address: { kind: 'text', value: 'address', answer: 'text', isRare: true },
}

/** How the options that every adapter takes are read. */
export function requestKinds(): AnyOptionTable {
  const common = Object.entries(REQUEST_OPTIONS).filter(([, { isRare }]) => isRare !== true)
  return Object.fromEntries(common.map(([name, { kind }]) => [name, kind]))
}

/** How each kind of value is recognised, and what it is called. */
const VALUES: Readonly<
  Record<RequestValue, readonly [is: (value: unknown) => boolean, noun: string]>
> = {
  address: [isAddressSource, "number of proxies, 'cloudflare', 'fly', 'netlify' or 'vercel'"],
  boolean: [(value) => typeof value === 'boolean', 'boolean'],
  client: [isClient, 'client, createCapi(…), that is there when the server starts'],
  consent: [
    (value) => consentOf(value) !== undefined,
    "consent: 'granted', 'denied', 'ldu' or 'pending'",
  ],
  count: [(value) => Number.isInteger(value) && Number(value) >= 0, 'number of proxies'],
  domain: [isCookieDomain, "host name alone, as 'shop.example'"],
  object: [(value) => asFields(value) !== undefined, 'object of user data'],
  page: [isPageAddress, 'address of a page, whole or a path'],
  site: [isSiteAddress, "address of the site, as 'https://shop.example'"],
  text: [(value) => typeof value === 'string', 'text'],
  word: [isConsent, "consent: 'granted', 'denied', 'ldu' or 'pending'"],
}

const SYNCHRONOUS = ' No request waits for it: load what it needs before, and return that.'

/** @throws CapiConfigError for a value that would be ignored silently, or cost every event a field. */
export function checkRequestOptions(options: object): void {
  refuseSiteAddress(options)
  for (const [name, { value: kind, answer }] of Object.entries(REQUEST_OPTIONS)) {
    const value = (options as Readonly<Record<string, unknown>>)[name]
    if (value === undefined || (typeof value === 'function' && answer !== undefined)) continue
    if (kind !== undefined && VALUES[kind][0](value)) continue
    const nouns = kind === undefined ? [] : [withArticle(VALUES[kind][1])]
    if (answer !== undefined) nouns.push('a function')
    demand(false, name, `must be ${nouns.join(', or ')}`)
  }
}

/**
 * The same options, with functions that never throw and answer what is asked of them, or what the table says instead. What
 * was wrong is logged once for each option, without what was answered or thrown: that may hold personal data.
 */
export function watchFunctions<O extends object>(options: O, warn: WarnOnce): O {
  const watched = { ...options } as Record<string, unknown>
  for (const [name, { answer, otherwise }] of Object.entries(REQUEST_OPTIONS)) {
    const call = watched[name]
    if (typeof call !== 'function' || answer === undefined) continue
    const [fits, noun] = VALUES[answer]
    const instead = otherwise === undefined ? 'no answer' : `"${otherwise}"`
    const fail = (code: string, fault: string, advice = '') => {
      warn(code, `Option ${name} ${fault}: that counts as ${instead}.${advice}`, name)
      return otherwise
    }
    watched[name] = (...given: readonly unknown[]) => {
      try {
        const answer: unknown = call(...given)
        if (answer === undefined || answer === null) return answer
        if (isThenable(answer)) {
          answer.then(undefined, () => {})
          return fail('option_async', 'returned a promise', SYNCHRONOUS)
        }
        return fits(answer) ? answer : fail('option_invalid', `returned no ${noun}`)
      } catch (error) {
        return fail('option_threw', `threw ${errorName(error)}`)
      }
    }
  }
  return watched as O
}

const withArticle = (noun: string) => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`

function isAddressSource(value: unknown): boolean {
  return VALUES.count[0](value) || isAddressPlatform(value)
}

function isClient(value: unknown): boolean {
  return typeof (value as { readonly with?: unknown } | null)?.with === 'function'
}

/** What pages' addresses can begin with: `https://shop.example`, also with a path. */
function isSiteAddress(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\/[^/?#]/i.test(value)
}

/** A whole address, or a path of the site. */
function isPageAddress(value: unknown): boolean {
  return typeof value === 'string' && /^(?:\/|https?:\/\/[^/?#])/i.test(value)
}

/** A host name alone. A leading dot is how old cookies were written. */
function isCookieDomain(value: unknown): boolean {
  return typeof value === 'string' && /^\.?[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i.test(value)
}
