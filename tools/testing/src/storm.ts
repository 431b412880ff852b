import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { countingMeta } from './counting-meta.ts'
import { chance } from './random.ts'
import { type Child, runChild } from './run-child.ts'
import { type StormJournal, type StormReport, stormReport } from './storm-report.ts'
import type { StormLine } from './storm-shop.ts'

/** Shops sell and deliver while the server of their outbox, and they themselves, are killed. */
export interface Storm {
  /** A file that calls `stormShop` with a client on the outbox. */
  readonly shop: URL
  /** How a shop finds the server. */
  readonly server: string
  /** Faults of the server, one after the other and again; each resolves when the server is back. */
  readonly faults: readonly (() => Promise<void>)[]
  /** Ids of the events that the outbox holds, dead letters included. */
  readonly waiting: () => Promise<readonly string[]>
  /** How many faults there are, and how many shops are killed. */
  readonly times: number
  readonly kills: number
  readonly seed?: number
  /** Milliseconds between two faults, about; default 4,000. */
  readonly pauseMs?: number
}

const SHOPS = 2
const SELLERS = 12
/** Event ids of one process. */
const LIFE = 1_000_000
/** In which all must be delivered in the end. */
const DELIVERY_MS = 180_000

/** In which all that was delivered must have left the outbox. */
const SETTLED_MS = 40_000

interface Shop {
  readonly child: Child
  readonly file: string
  isKilled: boolean
}

export async function storm(given: Storm): Promise<StormReport> {
  const { faults, times, kills, seed = 1, pauseMs = 4_000 } = given
  const random = chance(seed)
  const meta = await countingMeta()
  const folder = mkdtempSync(join(tmpdir(), 'capi-storm-'))
  /** All of them, and those that are open. */
  const shops: Shop[] = []
  const open: Shop[] = []
  const endsMs: number[] = []

  async function start(): Promise<Shop> {
    const file = join(folder, String(shops.length))
    const child = runChild(given.shop, given.server, meta.url, file, shops.length * LIFE, SELLERS)
    const shop = { child, file, isKilled: false }
    shops.push(shop)
    await child.printed('started')
    return shop
  }

  async function kill(): Promise<void> {
    const index = random.index(open.length)
    const shop = open[index]
    if (shop === undefined) return
    shop.isKilled = true
    shop.child.process.kill('SIGKILL')
    await shop.child.ended()
    open[index] = await start()
  }

  async function fault(n: number): Promise<void> {
    await faults[n % faults.length]?.()
    endsMs.push(Date.now())
  }

  async function rage(): Promise<void> {
    for (let n = 0; n < Math.max(times, kills); n++) {
      await sleep(pauseMs * (0.5 + random.next()))
      const ended = n < times ? fault(n) : undefined
      // While the server is away, too.
      if (n < kills) await sleep(random.next() * 300).then(kill)
      await ended
    }
    await sleep(pauseMs)
  }

  async function delivered(ids: ReadonlySet<string>): Promise<void> {
    const wanted = new Set(ids)
    for (let waitedMs = 0; waitedMs < DELIVERY_MS && wanted.size > 0; waitedMs += 100) {
      await sleep(100)
      for (const id of wanted) if (meta.arrived.has(id)) wanted.delete(id)
    }
    // What was sent is settled, too, also where a call got no answer and is made again.
    for (let waitedMs = 0; waitedMs < SETTLED_MS; waitedMs += 250) {
      await sleep(250)
      if ((await given.waiting()).length === 0) return
    }
  }

  async function run(): Promise<StormReport> {
    for (let n = 0; n < SHOPS; n++) open.push(await start())
    await rage()
    for (const { child } of open) {
      child.process.kill('SIGUSR2')
      await child.printed('stopped')
    }
    await delivered(new Set(shops.flatMap(keptIds)))
    for (const { child } of open) {
      child.process.kill('SIGTERM')
      const { stderr } = await child.ended()
      if (stderr !== '') throw new Error(stderr)
    }
    return stormReport(shops.map(readJournal), meta, await given.waiting(), endsMs)
  }

  try {
    return await run()
  } finally {
    for (const { child } of shops) child.process.kill('SIGKILL')
    meta.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The last line of a shop that was killed may be cut short. */
function readJournal({ file, isKilled }: Shop): StormJournal {
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  return { lines: lines.map((line) => JSON.parse(line) as StormLine), isKilled }
}

/** What the memory of a shop that was killed held may be gone. */
const keptIds = (shop: Shop) =>
  readJournal(shop).lines.flatMap((line) =>
    'id' in line && line.outcome !== 'dropped' && (line.durable || !shop.isKilled) ? line.id : [],
  )
