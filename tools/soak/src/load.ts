import { chance } from '@capi/testing'
import type { Sold } from './sample.ts'

/** Of a hundred requests. The rest are not tracked. */
const SHARES = { page: 25, order: 20, beacon: 15 }
/** One order in fifty comes again, as a webhook does. */
const REPEAT_ONE_IN = 50
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36'

export interface Load {
  /** Begins no more; resolves when what has begun is answered. */
  stop(): Promise<Sold>
}

/** Visitors of a shop from ten million addresses, so many requests a second. */
export function startLoad(url: string, perSecond: number, seed: number): Load {
  const random = chance(seed)
  const accepted = new Set<string>()
  const open = new Set<Promise<void>>()
  const sold = { requests: 0, failedRequests: 0, repeats: 0, recognised: 0 }

  function headers(): Record<string, string> {
    const part = () => random.index(254) + 1
    return { 'user-agent': AGENT, 'x-forwarded-for': `81.${part()}.${part()}.${part()}` }
  }

  async function order(id: string): Promise<string> {
    const response = await fetch(`${url}/order/${id}`, { method: 'POST', headers: headers() })
    const { outcome, event_id } = (await response.json()) as Record<'outcome' | 'event_id', string>
    if (outcome === 'accepted') accepted.add(event_id)
    return outcome
  }

  async function orders(id: string): Promise<void> {
    const first = await order(id)
    if (first !== 'accepted' || random.index(REPEAT_ONE_IN) !== 0) return
    sold.repeats++
    if ((await order(id)) === 'duplicate') sold.recognised++
  }

  async function beacon(event_id: string): Promise<void> {
    const from = { origin: 'https://shop.example', 'content-type': 'text/plain' }
    const body = JSON.stringify({ event_name: 'Lead', event_id })
    const answer = await fetch(`${url}/events`, {
      method: 'POST',
      headers: { ...headers(), ...from },
      body,
    })
    if (answer.status === 204) accepted.add(event_id)
  }

  async function page(path: string): Promise<void> {
    const ofPage = { 'sec-fetch-dest': 'document', accept: 'text/html' }
    await (await fetch(url + path, { headers: { ...headers(), ...ofPage } })).text()
  }

  function request(): Promise<void> {
    const n = sold.requests++
    const kind = random.index(100)
    if (kind < SHARES.page) return page('/')
    if (kind < SHARES.page + SHARES.order) return orders(String(n))
    if (kind < SHARES.page + SHARES.order + SHARES.beacon) return beacon(`lead.${n}`)
    return page('/plain')
  }

  const timer = setInterval(() => {
    const work: Promise<void> = request()
      .catch(() => void sold.failedRequests++)
      .finally(() => open.delete(work))
    open.add(work)
  }, 1_000 / perSecond)
  return {
    async stop() {
      clearInterval(timer)
      await Promise.all(open)
      return { ...sold, accepted }
    },
  }
}
