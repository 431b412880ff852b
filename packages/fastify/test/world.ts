import type { AddressInfo } from 'node:net'
import { createCapi } from '@capi/core'
import { createEmulator } from '@capi/emulator'
import { adapterWorld } from '@capi/testing'
import fastify, { type FastifyInstance } from 'fastify'
import { onTestFinished } from 'vitest'
import { capiPlugin, type RequestOptions } from '../src/index.ts'

/** The application on a free port of loopback, until the test ends. */
export async function serve(app: FastifyInstance): Promise<string> {
  onTestFinished(() => app.close())
  await app.listen({ port: 0, host: '127.0.0.1' })
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}

/** A client whose events arrive at an emulator. */
export const createWorld = () => adapterWorld(createEmulator(), (options) => createCapi(options))

/** What a visitor sends with a page request. */
export const PAGE = { accept: 'text/html', 'user-agent': 'UA/1' }

/** An application with the plugin, and its world. */
export async function shop(options: RequestOptions = {}) {
  const world = createWorld()
  const app = fastify({ trustProxy: 'loopback', forceCloseConnections: true })
  await app.register(capiPlugin, { client: world.client, ...options })
  return { app, ...world }
}
