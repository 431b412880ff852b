import { type Capi, type CapiOptions, createCapi } from '@capi/core'
import { CLIENT_OPTIONS, clientOptions } from '@capi/core/adapter'

/** On globalThis, for Next loads the application's modules, and this one, once for each of its bundles. */
const REGISTRY = Symbol.for('@capi/next.clients')

interface Registered {
  readonly client: Capi
  /** Whether it was made of these options. A function, so that nothing prints the token in them. */
  readonly isOf: (options: CapiOptions) => boolean
  readonly pixelId: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** What of an application's options is for the client, and what is left: how requests are read, and names that are none. */
export function splitOptions(given: object): { readonly client: CapiOptions; others: object } {
  const entries = Object.entries(given)
  const isClients = ([name]: readonly [string, unknown]) => Object.hasOwn(CLIENT_OPTIONS, name)
  return {
    client: Object.fromEntries(entries.filter(isClients)),
    others: Object.fromEntries(entries.filter((entry) => !isClients(entry))),
  }
}

/**
 * The client of these options: one for the process. In development, one whose options were edited takes the place of the earlier one.
 * @throws CapiConfigError when an option is malformed.
 */
export function processClient(given: CapiOptions, environment: Environment): Capi {
  const options = clientOptions(given, environment)
  // `next build` imports the application: no outbox is opened for it, and it needs no token.
  if (environment['NEXT_PHASE'] === 'phase-production-build')
    return createCapi({ ...options, enabled: false, outbox: undefined })
  const clients = registry()
  const known = clients.find(({ isOf }) => isOf(options))
  if (known !== undefined) return known.client
  const client = createCapi(options)
  const pixelId = JSON.stringify(options.pixelId ?? '')
  if (environment['NODE_ENV'] === 'development') retire(clients, pixelId)
  const plain = comparable(options)
  clients.push({ client, pixelId, isOf: (others) => comparable(others) === plain })
  return client
}

function registry(): Registered[] {
  const shared = globalThis as { [REGISTRY]?: Registered[] }
  shared[REGISTRY] ??= []
  return shared[REGISTRY]
}

/** Closes those of a pixel: they deliver what they have. */
function retire(clients: Registered[], pixelId: string): void {
  const stale = clients.filter((one) => one.pixelId === pixelId)
  for (const one of stale) {
    clients.splice(clients.indexOf(one), 1)
    // It never rejects, and nothing waits for it.
    void one.client.close()
  }
}

/** Kinds of options that are another object in each copy of a module. */
const INCOMPARABLE: readonly unknown[] = ['any', 'clock', 'function', 'logger']

/** The options by which copies of one module agree. */
function comparable(options: CapiOptions): string {
  const kinds: Readonly<Record<string, unknown>> = CLIENT_OPTIONS
  const names = Object.keys(options).filter((name) => !INCOMPARABLE.includes(kinds[name]))
  return JSON.stringify(options, [...names.sort(), ...SUB_NAMES])
}

/** JSON's list of names counts on every level. */
const SUB_NAMES = Object.values(CLIENT_OPTIONS).flatMap((kind) =>
  typeof kind === 'object' ? Object.keys(kind) : [],
)
