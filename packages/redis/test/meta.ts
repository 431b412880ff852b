import { once } from 'node:events'
import { createServer } from 'node:http'
import { chance } from '@capi/testing'
import { afterAll, expect } from 'vitest'

interface Sale {
  readonly event_id: string
  readonly custom_data: { readonly order_id: string }
}

/** A Meta that answers slowly, and one time in eight not at all after taking the events. */
export async function slowMeta() {
  /** Each id with the bytes it came in: it may come again, and then it is the same. */
  const taken = new Map<string, string>()
  const faults: string[] = []
  const random = chance(7)
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    request.on('end', () => {
      const { data } = JSON.parse(text) as { data: Sale[] }
      for (const sale of data) {
        const body = JSON.stringify(sale)
        const isSame = (taken.get(sale.event_id) ?? body) === body
        if (!isSame || sale.event_id !== sale.custom_data.order_id) faults.push(sale.event_id)
        taken.set(sale.event_id, body)
      }
      if (random.next() < 1 / 8) request.socket.destroy()
      else setTimeout(() => response.end(JSON.stringify({ events_received: data.length })), 30)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('it listens on a port')
  return {
    baseUrl: `http://127.0.0.1:${address.port}`,
    random,
    /** The next test sells orders of the same names. */
    forget() {
      taken.clear()
    },
    /** Of those sold, the ones that never came; and that no id came with two contents. */
    missing(sold: readonly string[]): readonly string[] {
      expect(faults).toEqual([])
      return sold.filter((id) => !taken.has(id))
    },
  }
}
