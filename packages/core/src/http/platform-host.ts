import type { Capi } from '../client/tracker.ts'
import type { OptionTable } from '../option/option-table.ts'
import { attempt } from '../runtime/attempt.ts'
import type { WarnOnce } from '../runtime/warn-once.ts'
import type { HostedRequest } from './hosted-request.ts'
import type { Platform, PlatformHostOptions, PlatformOptions } from './platform.ts'
import { requestClients } from './request-clients.ts'
import { type HostOptions, type HostSetup, readyHost } from './request-host.ts'
import type { RequestLike } from './request-like.ts'
import type { SomeRequestOptions } from './request-options.ts'
import { LateWays } from './visit.ts'

/** What one adapter for fetch frameworks is. */
export interface PlatformSetup extends Pick<HostSetup<never, object>, 'name' | 'prefix'> {
  /** Where `createCapi` finds what the options leave out. Undefined where the runtime has no `process.env`: requests bring it. */
  readonly environment: object | undefined
  /** Whether this runtime ends timers and I/O with the request that began them, as Cloudflare Workers do. */
  readonly isIsolated: boolean
}

/** A request of a fetch framework. */
export interface PlatformRequest extends HostedRequest {
  /** The response is made: what waits for a consent is dropped, and delivery is handed to the platform. Harmless twice. */
  end(): void
}

/** Serves the requests of one adapter for fetch frameworks. */
export interface PlatformHost<R> {
  /** The one client of a server. @throws CapiConfigError where each request has its own. */
  readonly client: Capi
  /** A line in the log, once for each code. */
  readonly warn: WarnOnce
  /** Takes a request. Nothing of it is read before it is needed, and no client is made before there is an event. */
  open(request: RequestLike, native: R, platform?: Platform): PlatformRequest
}

/** What one adapter reads beside that. */
type OwnOptions<R> = Pick<SomeRequestOptions<R>, 'autoPageView'> & PlatformOptions<R>

const OWN_OPTIONS = {
  autoPageView: 'any',
  address: 'text',
  waitUntil: 'function',
} as const satisfies OptionTable<OwnOptions<never>>

/**
 * `requestHost`, for frameworks whose requests bring the platform along: its environment, `waitUntil`, and how long a client may live.
 * @throws CapiConfigError for a malformed option, and for a name that could mean `consent`.
 */
export function platformHost<R>(
  given: PlatformHostOptions<R>,
  { environment, isIsolated, ...setup }: PlatformSetup,
): PlatformHost<R> {
  type Options = HostOptions<R> & OwnOptions<R>
  // Only Cloudflare's own edge calls a Worker.
  const options = isIsolated ? { address: 'cloudflare', ...given } : given
  const host = readyHost<R, Options>(options as Options, {
    ...setup,
    table: OWN_OPTIONS,
    trustAdvice: TRUST_ADVICE,
  })
  const { warn } = host
  const clients = requestClients({ ...host, environment, isIsolated })
  return {
    get client() {
      return clients.shared()
    },
    warn,
    open(request, native, given) {
      const platform = platformOf(given, warn)
      const { clientOf, end } = clients.forRequest(platform)
      let endVisit = () => {}
      const visit = host.serving(new LateWays(clientOf))(
        { ...request, url: platform.url ?? request.url, remoteAddress: platform.remoteAddress },
        native,
        (done) => {
          endVisit = done
        },
      )
      return Object.assign(visit, {
        end() {
          attempt(endVisit)
          end()
        },
      })
    },
  }
}

function platformOf(platform: unknown, warn: WarnOnce): Platform {
  if (typeof platform === 'object' && platform !== null) return platform
  if (platform !== undefined) warn('platform_unknown', UNKNOWN)
  return {}
}

const TRUST_ADVICE =
  "Set the option address: 'cloudflare', 'fly', 'netlify', 'vercel', the number of your proxies, or a function of the request."
const UNKNOWN =
  'The platform of a request is no object, so its env and waitUntil are not used. Pass { env, waitUntil: (work) => ctx.waitUntil(work) }.'
