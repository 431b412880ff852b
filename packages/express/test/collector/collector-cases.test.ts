import { createServer, type RequestListener } from 'node:http'
import { type CollectorTestOptions, collectorBattery } from '@capi/testing'
import express from 'express'
import express4 from 'express4'
import { capiCollector, capiMiddleware, signEvent } from '../../src/index.ts'
import { createWorld, serve } from '../serve.ts'

type Mount = (
  middleware: ReturnType<typeof capiMiddleware>,
  collector: ReturnType<typeof capiCollector>,
) => RequestListener

function onExpress(factory: typeof express): Mount {
  return (middleware, collector) => {
    const app = factory()
    app.set('trust proxy', 'loopback')
    app.use(middleware)
    app.use('/collect', collector)
    return app as never
  }
}

const onNode: Mount = (middleware, collector) => (req, res) =>
  middleware(req, res, () => collector(req, res))

for (const [name, mount] of [
  ['Express 5', onExpress(express)],
  ['Express 4', onExpress(express4)],
  ['node:http', onNode],
] as const)
  collectorBattery({
    name,
    signEvent,
    async serve(options: CollectorTestOptions, consent) {
      const world = createWorld()
      const middleware = capiMiddleware({ client: world.client, consent, trustedProxies: 1 })
      const url = await serve(createServer(mount(middleware, capiCollector(options))))
      return { ...world, call: (init) => fetch(`${url}/collect`, init) }
    },
  })
