import { type Chance, chance } from '@capi/testing'

/** A Purchase as a shop knows it, in Meta's names: what every contestant starts from. */
export interface Order {
  readonly event_name: 'Purchase'
  readonly event_time: number
  readonly event_id: string
  readonly action_source: 'website'
  readonly event_source_url: string
  readonly user_data: Readonly<Record<(typeof PERSONAL)[number] | (typeof PLAIN)[number], string>>
  readonly custom_data: {
    readonly value: number
    readonly currency: 'USD'
    readonly contents: readonly {
      readonly id: string
      readonly quantity: number
      readonly item_price: number
    }[]
    readonly order_id: string
  }
}

/** The eleven fields that leave as hashes. */
export const PERSONAL = [
  'em',
  'ph',
  'fn',
  'ln',
  'ct',
  'st',
  'zp',
  'country',
  'ge',
  'db',
  'external_id',
] as const

/** The four that leave as they are. */
export const PLAIN = ['client_ip_address', 'client_user_agent', 'fbc', 'fbp'] as const

/** How often names and towns come again: as among real people (few are common, many are rare), or never. */
export type Names = 'as among people' | 'all different'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const STATES = ['CA', 'NY', 'TX', 'FL', 'WA', 'IL', 'PA', 'OH', 'GA', 'NC'] as const

/** A word for each number, always the same. */
function word(rank: number): string {
  const seed = chance(rank)
  const letters = Array.from({ length: 4 + seed.index(6) }, () => LETTERS[seed.index(26)])
  const text = letters.join('')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Rank by Zipf's law: the thousandth name is a thousand times rarer than the first. */
function zipf(ranks: number, seed: Chance): number {
  return Math.floor(ranks ** seed.next())
}

export function makeOrders(count: number, names: Names): Order[] {
  const seed = chance(7)
  const time = Math.floor(Date.now() / 1000) - 60
  const name = (id: number, ranks: number) =>
    word(names === 'all different' ? 100_000 + id * 31 + ranks : zipf(ranks, seed) + ranks)
  return Array.from({ length: count }, (_, id) => {
    const contents = [0, 1, 2].map((line) => ({
      id: `sku-${(id * 7 + line) % 5_000}`,
      quantity: 1 + (id % 3),
      item_price: 9.95 + line,
    }))
    return {
      event_name: 'Purchase',
      event_time: time,
      event_id: `order.${id}`,
      action_source: 'website',
      event_source_url: 'https://shop.example/thank-you?order=1',
      user_data: {
        em: `Customer.${id}@Example.com`,
        ph: `+1 212 55${String(id % 100_000).padStart(5, '0')}`,
        fn: name(id, 5_000),
        ln: name(id, 50_000),
        ct: name(id, 10_000),
        st: STATES[id % STATES.length] ?? 'CA',
        zp: String(10_000 + (id % 80_000)),
        country: 'US',
        ge: id % 2 === 0 ? 'F' : 'M',
        db: `19${50 + (id % 50)}-0${1 + (id % 9)}-1${id % 10}`,
        external_id: `user-${id}`,
        client_ip_address: `203.0.113.${id % 256}`,
        client_user_agent:
          'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
        fbc: `fb.1.${time * 1000 - 5_000_000}.IwAR2F4-dbP0l7Mn1IawQQGCINEz7PYXQvwjNwB_qa2ofrHyiLjcbCRxTDMgk`,
        fbp: `fb.1.${time * 1000 - 6_000_000}.${1_000_000_000 + id}`,
      },
      custom_data: { value: 64.35, currency: 'USD', contents, order_id: String(id) },
    }
  })
}
