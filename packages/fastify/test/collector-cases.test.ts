import { type CollectorTestOptions, collectorBattery } from '@capi/testing'
import fastify from 'fastify'
import { type CollectorOptions, capiCollector, capiPlugin, signEvent } from '../src/index.ts'
import { createWorld, serve } from './world.ts'

collectorBattery({
  name: 'Fastify 5',
  signEvent,
  async serve(options: CollectorTestOptions, consent) {
    const world = createWorld()
    const app = fastify({ trustProxy: 'loopback', forceCloseConnections: true })
    await app.register(capiPlugin, { client: world.client, consent })
    await app.register(capiCollector, { prefix: '/collect', ...(options as CollectorOptions) })
    const url = await serve(app)
    return { ...world, call: (init) => fetch(`${url}/collect`, init) }
  },
})
