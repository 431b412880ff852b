import { once } from 'node:events'
import { createServer } from 'node:http'
import { chance } from '@capi/testing'
import { afterAll, beforeAll, expect } from 'vitest'

interface Sent {
  readonly event_id: string
}

export interface JournalMeta {
  readonly url: string
  /** The bytes of each event that arrived, and how often. */
  readonly arrived: ReadonlyMap<string, { readonly body: string; times: number }>
  /** How many events it took without an answer. */
  unanswered(): number
  /** Resolves when it has the events. */
  has(ids: Iterable<string>): Promise<void>
  clear(): void
}

/** A Meta that writes down everything, answers after `delayMs`, and now and then not at all after it took the events. */
export function journalMeta({ delayMs = 20, cutOneIn = 12 } = {}): JournalMeta {
  const arrived = new Map<string, { readonly body: string; times: number }>()
  let unanswered = 0
  const random = chance(11)
  const changed = new EventTarget()
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    request.on('end', () => {
      const { data } = JSON.parse(text) as { data: readonly Sent[] }
      for (const event of data) {
        const body = JSON.stringify(event)
        const before = arrived.get(event.event_id)
        expect(before?.body ?? body, 'the same bytes again').toBe(body)
        if (before === undefined) arrived.set(event.event_id, { body, times: 1 })
        else before.times++
      }
      changed.dispatchEvent(new Event('change'))
      if (random.next() < 1 / cutOneIn) {
        unanswered += data.length
        request.socket.destroy()
      } else
        setTimeout(() => response.end(JSON.stringify({ events_received: data.length })), delayMs)
    })
  })
  let url = ''
  beforeAll(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (typeof address !== 'object' || address === null) throw new Error('no port')
    url = `http://127.0.0.1:${address.port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    get url() {
      return url
    },
    arrived,
    unanswered: () => unanswered,
    async has(ids) {
      const wanted = new Set(ids)
      for (;;) {
        for (const id of wanted) if (arrived.has(id)) wanted.delete(id)
        if (wanted.size === 0) return
        await new Promise((resolve) => changed.addEventListener('change', resolve, { once: true }))
      }
    },
    clear() {
      arrived.clear()
      unanswered = 0
    },
  }
}
