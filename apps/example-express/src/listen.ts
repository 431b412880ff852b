import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Listening {
  readonly url: string
  /** Stops taking new requests at once; resolves when the running ones are answered. */
  stopAccepting(): Promise<void>
  /** Also cuts the connections that are still open. */
  close(): Promise<void>
}

/** On loopback only: a demonstration has no business on the network. */
export function listen(handler: RequestListener, port: number): Promise<Listening> {
  const server = createServer(handler)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(toListening(server)))
  })
}

function toListening(server: Server): Listening {
  const { port } = server.address() as AddressInfo
  let closed: Promise<void> | undefined
  const stopAccepting = () => {
    closed ??= new Promise((resolve) => server.close(() => resolve()))
    server.closeIdleConnections()
    return closed
  }
  return {
    url: `http://127.0.0.1:${port}`,
    stopAccepting,
    close() {
      const done = stopAccepting()
      server.closeAllConnections()
      return done
    },
  }
}

/** Says which variable moves the server when its port is taken. Other errors stay as they are. */
export async function namePort<T>(
  listening: Promise<T>,
  port: number,
  variable: string,
): Promise<T> {
  try {
    return await listening
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    // Of a server of Node's, and of the emulator.
    if (code !== 'EADDRINUSE' && code !== 'port_in_use') throw error
    const message = `Port ${port} is already in use. Choose another one with ${variable}=${port + 1}.`
    throw new Error(message, { cause: error })
  }
}
