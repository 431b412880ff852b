import { type Capi, createCapi, optionsFromEnv } from '@capi/core'

interface Context {
  waitUntil(work: Promise<unknown>): void
}

const drops: string[] = []
const event = {
  action_source: 'website',
  event_source_url: 'https://shop.example/',
  user_data: { em: 'anna@example.com', client_user_agent: 'UA/1' },
} as const
let shared: Capi | undefined
let signal: AbortSignal | undefined

function sharedClient(env: object): Capi {
  shared ??= createCapi({
    ...optionsFromEnv(env),
    onDropped: ({ reason, count }) => drops.push(...Array<string>(count).fill(reason)),
  })
  return shared
}

/** What people write although it cannot work: one client for all requests. */
const routes: Readonly<Record<string, (capi: Capi, context: Context) => Promise<unknown>>> = {
  '/create': async () => 'created',
  async '/track'(capi, context) {
    const receipt = await capi.track('Lead', {}, event)
    context.waitUntil(capi.flush({ timeoutMs: 5_000 }))
    return receipt
  },
  '/flush': (capi) => capi.flush(),
  '/close': (capi) => capi.close(),
  '/stats': async (capi) => ({ ...(await capi.stats()), drops }),
  '/send': (capi) => capi.send({ event_name: 'Lead', ...event }),
  async '/send-with-signal'(capi) {
    signal ??= new AbortController().signal
    return capi.send({ event_name: 'Lead', ...event }, { signal }).catch((error) => error.code)
  },
}

export default {
  async fetch(request: Request, env: object, context: Context): Promise<Response> {
    const route = routes[new URL(request.url).pathname]
    return Response.json(await route?.(sharedClient(env), context))
  },
}
