import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Capi, createCapi } from '@capi/core'
import { createEmulator, type Emulator } from '@capi/emulator'
import { onTestFinished } from 'vitest'

/** A server on a free port of loopback, until the test ends. */
export async function serve(listener: RequestListener | Server): Promise<string> {
  const server = typeof listener === 'function' ? createServer(listener) : listener
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
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

/** What the example's visitor sends with a page request. */
export const PAGE = { accept: 'text/html', 'user-agent': 'UA/1' }
