import type { AddressInfo } from 'node:net'
import { type Capi, createCapi } from '@capi/core'
import { createEmulator, type Emulator } from '@capi/emulator'
import fastify, { type FastifyInstance } from 'fastify'
import { onTestFinished } from 'vitest'
import { capiPlugin, type RequestOptions } from '../src/index.ts'

/** The application on a free port of loopback, until the test ends. */
export async function serve(app: FastifyInstance): Promise<string> {
  onTestFinished(() => app.close())
  await app.listen({ port: 0, host: '127.0.0.1' })
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}

export interface World {
  readonly emulator: Emulator
  readonly client: Capi
  /** What the client logged, and what was dropped. */
  readonly log: readonly string[]
  readonly logger: { warn(line: string): void; error(line: string): void }
  /** What arrived, after all that waits was sent. */
  readonly sent: () => Promise<readonly Readonly<Record<string, unknown>>[]>
}

/** A client whose events arrive at an emulator. */
export function createWorld(): World {
  const log: string[] = []
  const logger = {
    warn: (line: string) => void log.push(line),
    error: (line: string) => void log.push(line),
  }
  const emulator = createEmulator()
  const client = createCapi({
    pixelId: '1234567890',
    accessToken: 'token',
    fetch: emulator.fetch,
    logger,
    onIssue() {},
  })
  return {
    emulator,
    client,
    log,
    logger,
    sent: async () => {
      await client.flush()
      return emulator.events().map((event) => event.payload)
    },
  }
}

/** What a visitor sends with a page request. */
export const PAGE = { accept: 'text/html', 'user-agent': 'UA/1' }

/** An application with the plugin, and its world. */
export async function shop(options: RequestOptions = {}) {
  const world = createWorld()
  const app = fastify({ trustProxy: 'loopback', forceCloseConnections: true })
  await app.register(capiPlugin, { client: world.client, ...options })
  return { app, ...world }
}
