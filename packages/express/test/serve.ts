import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCapi } from '@capi/core'
import { createEmulator } from '@capi/emulator'
import { adapterWorld } from '@capi/testing'
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

export type World = ReturnType<typeof createWorld>

/** A client whose events arrive at an emulator. */
export const createWorld = () => adapterWorld(createEmulator(), (options) => createCapi(options))

/** What the example's visitor sends with a page request. */
export const PAGE = { accept: 'text/html', 'user-agent': 'UA/1' }
