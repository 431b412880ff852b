import { type CollectorTestOptions, collectorBattery } from '@capi/testing'
import { Hono } from 'hono'
import { capi, capiCollector } from '../src/hono.ts'
import { signEvent } from '../src/index.ts'
import { webWorld } from './world.ts'

const URL = 'https://shop.example/collect'

collectorBattery({
  name: 'capiWeb',
  signEvent,
  serve(options: CollectorTestOptions, consent) {
    const { web, sent } = webWorld({ consent, address: 1, onIssue() {} })
    const collector = web.collector(options)
    return { client: web.client, sent, call: (init) => collector(new Request(URL, init)) }
  },
})

collectorBattery({
  name: 'Hono',
  signEvent,
  serve(options: CollectorTestOptions, consent) {
    const { web, sent } = webWorld({ onIssue() {} })
    const app = new Hono()
    app.use(capi({ client: web.client, consent, address: 1 }))
    app.use('/collect', capiCollector(options))
    return { client: web.client, sent, call: async (init) => app.request(URL, init) }
  },
})
