import { createServer, type RequestListener } from 'node:http'
import { createServer as createHttp2Server } from 'node:http2'
import { createCapi } from '@capi/core'
import type { TrustedProxies } from '@capi/core/adapter'
import { type Answer, type RequestSetup, requestBattery } from '@capi/testing'
import express from 'express'
import express4 from 'express4'
import { capiMiddleware, getCapi } from '../src/index.ts'

const quiet = { warn() {}, error() {} }
const client = createCapi({ pixelId: '1234567890', accessToken: 'token', logger: quiet })

function middlewareOf({ trust: _trust, ...setup }: RequestSetup) {
  return { client, logger: quiet, ...setup }
}

/** Express compiles its own setting; a bare server says it by the option. */
function proxiesOf({ trust = 0 }: RequestSetup): TrustedProxies {
  return typeof trust === 'number' ? trust : (address) => trust.includes(address)
}

function applicationOf(factory: typeof express) {
  return (setup: RequestSetup, answer: Answer) => {
    const app = factory()
    const { trust } = setup
    if (trust !== undefined) app.set('trust proxy', typeof trust === 'number' ? trust : [...trust])
    app.use(capiMiddleware(middlewareOf(setup)))
    app.use((req, res) => answer(req.capi, res))
    return { server: createServer(app) }
  }
}

requestBattery({ name: 'Express 5', serve: applicationOf(express) })
requestBattery({ name: 'Express 4', serve: applicationOf(express4) })
requestBattery({
  name: 'a bare Node server',
  speaksHttp2: true,
  serve(setup, answer, version) {
    const middleware = capiMiddleware({
      ...middlewareOf(setup),
      trustedProxies: proxiesOf(setup),
    })
    const listener: RequestListener = (req, res) =>
      middleware(req, res, () => answer(getCapi(req), res))
    return {
      server: version === '2' ? createHttp2Server(listener as never) : createServer(listener),
    }
  },
})
