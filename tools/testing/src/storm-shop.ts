import { openSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { chance } from './random.ts'

interface Receipt {
  readonly outcome: string
  readonly durable?: boolean | undefined
}

interface Drop {
  readonly reason: string
  readonly event_ids: readonly string[]
  readonly cause?: { readonly code: string } | undefined
}

/** The part of a client that a shop uses. */
interface ShopCapi {
  track(name: 'Purchase', data: object, about: object): Promise<Receipt>
  stats(): Promise<object>
  close(): Promise<unknown>
}

/** A line that a shop writes into its journal; written down means known to the application. */
export type StormLine =
  | {
      readonly id: string
      readonly outcome: string
      readonly durable: boolean
      /** When its receipt came, and how long that took. */
      readonly atMs: number
      readonly ms: number
    }
  | { readonly dropped: readonly string[]; readonly why: string }
  | { readonly stats: StormStats }

export interface StormStats {
  readonly tracked: number
  readonly delivered: number
  readonly queued: number | undefined
  readonly held: number
  readonly unknown: number
  readonly dropped: Readonly<Record<string, number>>
}

/**
 * The process of a shop in a storm: sells until SIGUSR2, delivers until SIGTERM, and writes down what its client says of each
 * event. The file that calls it gives the client its outbox:
 * `await stormShop((options, server) => createCapi({ ...options, outbox: … }))`.
 */
export async function stormShop(
  open: (options: StormOptions, server: string) => ShopCapi,
): Promise<void> {
  const [server = '', baseUrl = '', journal = '', first = '0', sellers = '0'] =
    process.argv.slice(2)
  const file = openSync(journal, 'a')
  const note = (line: StormLine) => void writeSync(file, `${JSON.stringify(line)}\n`)
  const random = chance(Number(first) + 1)
  const onDropped = ({ reason, event_ids, cause }: Drop) =>
    note({ dropped: event_ids, why: [reason, cause?.code].filter(Boolean).join(' ') })
  const capi = open({ ...OPTIONS, baseUrl, onDropped }, server)
  let isOpen = true
  process.on('SIGUSR2', () => {
    isOpen = false
  })
  async function end(): Promise<void> {
    note({ stats: (await capi.stats()) as StormStats })
    await capi.close()
    process.exit()
  }
  process.on('SIGTERM', () => void end())
  setInterval(() => {}, 60_000)
  process.stdout.write('started\n')

  async function sell(id: string): Promise<void> {
    const start = performance.now()
    const { outcome, durable } = await capi.track(
      'Purchase',
      { value: 1, currency: 'EUR', order_id: id },
      { event_id: id, action_source: 'other', user_data: { external_id: id } },
    )
    const ms = Math.round(performance.now() - start)
    note({ id, outcome, durable: durable !== false, atMs: Date.now(), ms })
  }
  async function seller(start: number): Promise<void> {
    for (let n = start; isOpen; n += Number(sellers)) {
      await sell(`order.${n}`)
      // A webhook that comes again.
      if (random.next() < 1 / 50) await sell(`order.${n}`)
      await sleep(random.next() * 100)
    }
  }
  const all = Array.from({ length: Number(sellers) }, (_, n) => seller(Number(first) + n))
  await Promise.all(all)
  process.stdout.write('stopped\n')
}

const OPTIONS = {
  pixelId: '1234567890',
  accessToken: 'token',
  retry: { baseDelayMs: 50, maxDelayMs: 1_000 },
  logger: { warn() {}, error() {} },
} as const

type StormOptions = typeof OPTIONS & {
  readonly baseUrl: string
  readonly onDropped: (drop: Drop) => void
}
