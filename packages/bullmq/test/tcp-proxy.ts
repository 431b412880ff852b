import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface TcpProxy {
  readonly port: number
  /** From now on nothing passes, in either direction, and no connection is refused or ended. */
  cut(): void
  /** The same, but what is sent to Redis arrives there. */
  cutAnswers(): void
  /** New connections pass; those that were cut stay so. */
  passNew(): void
  /** What was held back is lost with its connections; new ones pass. */
  mend(): void
  close(): Promise<void>
}

interface Cut {
  up: boolean
  down: boolean
}

/** Stands between an outbox and Redis. */
export async function tcpProxy(target: {
  readonly host: string
  readonly port: number
}): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let cut: Cut = { up: false, down: false }
  const server = createServer((client) => {
    const upstream = connect(target.port, target.host)
    const own = cut
    for (const [from, to, way] of [
      [client, upstream, 'up'],
      [upstream, client, 'down'],
    ] as const) {
      sockets.add(from)
      from.on('data', (data) => {
        if (!own[way]) to.write(data)
      })
      from.on('error', () => {})
      from.on('close', () => {
        sockets.delete(from)
        if (!own[way]) to.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('it listens on a port')
  const endAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: address.port,
    cut() {
      Object.assign(cut, { up: true, down: true })
    },
    cutAnswers() {
      cut.down = true
    },
    passNew() {
      cut = { up: false, down: false }
    },
    mend() {
      endAll()
      cut = { up: false, down: false }
    },
    async close() {
      server.close()
      endAll()
    },
  }
}
