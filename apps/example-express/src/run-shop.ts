import { createCapi, optionsFromEnv } from '@capi/core'
import { createShop } from './create-shop.ts'
import { listen, namePort } from './listen.ts'
import { openOutbox } from './outbox.ts'
import type { Environment } from './start-plan.ts'

export interface RunningShop {
  readonly url: string
  /** Sends what is queued, for two seconds at most. Resolves to the line to leave behind. */
  readonly stop: () => Promise<string>
}

/** Starts the shop alone; where its events go, and where they wait, is in the environment. */
export async function runShop(environment: Environment, port: number): Promise<RunningShop> {
  const outbox = openOutbox(environment)
  const client = createCapi({
    ...optionsFromEnv(environment),
    ...(outbox !== undefined && { outbox }),
  })
  const pixelId = environment['META_PIXEL_ID'] || environment['META_DATASET_ID'] || undefined
  const pixelUrl = environment['CAPI_BASE_URL'] || undefined
  const server = await namePort(
    listen((req, res) => shop(req, res), port),
    port,
    'PORT',
  )
  const origins = [server.url, server.url.replace('127.0.0.1', 'localhost')]
  const shop = createShop({ client, origins, pixelId, pixelUrl })

  return {
    url: server.url,
    async stop() {
      const stopped = server.stopAccepting()
      const { queued } = await client.close({ timeoutMs: 2000 })
      await Promise.all([server.close(), stopped])
      const { delivered, dropped } = await client.stats()
      const losses = Object.entries(dropped).filter(([, count]) => count > 0)
      const lost = losses.reduce((sum, [, count]) => sum + count, 0)
      const why =
        lost === 0 ? '' : ` (${losses.map(([reason, count]) => `${reason} ${count}`).join(', ')})`
      const kept = queued === 0 ? '' : `, ${queued} kept for the next start`
      return `${delivered} ${delivered === 1 ? 'event' : 'events'} delivered, ${lost} dropped${why}${kept}.`
    },
  }
}
