import { once } from 'node:events'
import { createServer } from 'node:http'
import { chance } from './random.ts'

/** A Meta that counts: what arrived, how often, and whether in the same bytes each time. */
export interface CountingMeta {
  readonly url: string
  /** By event id. */
  readonly arrived: ReadonlyMap<string, { readonly body: string; times: number }>
  /** Ids that came again with other bytes. */
  readonly changed: readonly string[]
  close(): void
}

/** It answers after `delayMs`, and one time in `cutOneIn` not at all, after it took the events. */
export async function countingMeta({ delayMs = 20, cutOneIn = 25 } = {}): Promise<CountingMeta> {
  const arrived = new Map<string, { readonly body: string; times: number }>()
  const changed: string[] = []
  const random = chance(11)
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (piece: string) => {
      text += piece
    })
    request.on('end', () => {
      const { data } = JSON.parse(text) as { readonly data: readonly { event_id: string }[] }
      for (const event of data) {
        const body = JSON.stringify(event)
        const before = arrived.get(event.event_id)
        if (before === undefined) arrived.set(event.event_id, { body, times: 1 })
        else before.times++
        if (before !== undefined && before.body !== body) changed.push(event.event_id)
      }
      if (random.next() < 1 / cutOneIn) request.socket.destroy()
      else setTimeout(() => response.end(JSON.stringify({ events_received: data.length })), delayMs)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('it listens on a port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    arrived,
    changed,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
