import { createCapi } from '@capi/core'
import { type RequestSetup, requestBattery } from '@capi/testing'
import fastify, { type FastifyInstance } from 'fastify'
import { capiPlugin } from '../src/index.ts'

const quiet = { warn() {}, error() {} }
const client = createCapi({ pixelId: '1234567890', accessToken: 'token', logger: quiet })

/** Fastify refuses a path that cannot be decoded; an application may answer it by another route. */
function routable(url = '/'): string {
  try {
    decodeURI(url)
    return url
  } catch {
    return '/p'
  }
}

/** Fastify reads addresses only; a number is the plugin's option. */
function proxiesOf({ trust = [] }: RequestSetup) {
  return typeof trust === 'number' ? { trustedProxies: trust } : { trustProxy: [...trust] }
}

requestBattery({
  name: 'Fastify 5',
  speaksHttp2: true,
  async serve(setup, answer, version) {
    const { trust: _trust, ...options } = setup
    const { trustProxy = false, ...trusted } = proxiesOf(setup)
    const common = {
      trustProxy: trustProxy === false || trustProxy.length === 0 ? false : trustProxy,
      forceCloseConnections: true,
      rewriteUrl: (request: { url?: string | undefined }) => routable(request.url),
    }
    const app: FastifyInstance =
      version === '2' ? (fastify({ ...common, http2: true }) as never) : fastify(common)
    await app.register(capiPlugin, { client, logger: quiet, ...options, ...trusted })
    app.addContentTypeParser('*', (_request, _body, done) => done(null))
    app.all('*', (request, reply) => {
      reply.hijack()
      answer(request.capi, reply.raw)
    })
    await app.ready()
    return { server: app.server, close: () => app.close() }
  },
})
