import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Capi, createCapi, memoryOutbox } from '@capi/core'
import { sqliteOutbox } from '@capi/sqlite'

/**
 * What many pixels cost one client: each has one event, and Meta takes 50 ms for an answer. `node --expose-gc
 * many-pixels.ts` prints the table; each row is a process of its own. Counts and ratios tell more than this machine's times.
 */
const LATENCY_MS = 50
const CLOSE_MS = 3_000
const CONNECTIONS = 64

type Outbox = 'memory' | 'sqlite'

const quiet = { warn() {}, error() {} }
const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms))
const gc = () => {
  for (let n = 0; n < 3; n++) globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

/** Meta: answers after a while, is not reached, or never answers. */
function meta(mode: 'answers' | 'refuses' | 'hangs') {
  const answered = new Map<string, number>()
  const seen = { running: 0, most: 0, answered }
  const fetch: typeof globalThis.fetch = async (input, init) => {
    seen.most = Math.max(seen.most, ++seen.running)
    try {
      if (mode === 'refuses') await sleep(1)
      if (mode === 'refuses')
        throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })
      if (mode === 'hangs')
        await new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(new Error('aborted')))
        })
      await sleep(LATENCY_MS)
      const pixel = (input as string).match(/\d{10,}/)?.[0] ?? ''
      if (!answered.has(pixel)) answered.set(pixel, performance.now())
      return Response.json({ events_received: 1, fbtrace_id: 'A' })
    } finally {
      seen.running--
    }
  }
  return { seen, fetch }
}

/** The longest time for which nothing else could run, by the clock and by this thread's CPU: others load the machine too. */
function watchStalls(): () => { readonly ms: number; readonly cpuMs: number } {
  const read = () => {
    const { user, system } = process.threadCpuUsage()
    return { ms: performance.now(), cpuMs: (user + system) / 1_000 }
  }
  let worst = { ms: 0, cpuMs: 0 }
  let last = read()
  let isOver = false
  const look = () => {
    const now = read()
    worst = {
      ms: Math.round(Math.max(worst.ms, now.ms - last.ms - 1)),
      cpuMs: Math.round(Math.max(worst.cpuMs, now.cpuMs - last.cpuMs)),
    }
    last = now
    if (!isOver) setTimeout(look, 1)
  }
  setTimeout(look, 1)
  return () => {
    look()
    isOver = true
    return worst
  }
}

const text = ({ ms, cpuMs }: { readonly ms: number; readonly cpuMs: number }) => `${ms} (${cpuMs})`

function client(outbox: Outbox, fetch: typeof globalThis.fetch) {
  const folder = mkdtempSync(join(tmpdir(), 'capi-pixels-'))
  const capi = createCapi({
    accessToken: () => 'token',
    fetch,
    logger: quiet,
    // Nothing leaves before it is flushed.
    batch: { maxWaitMs: 3_600_000 },
    outbox: outbox === 'memory' ? memoryOutbox() : sqliteOutbox({ path: join(folder, 'o.db') }),
  })
  return { capi, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

async function trackAll(capi: Capi, pixels: number, from = 0): Promise<void> {
  const calls = Array.from({ length: pixels }, (_one, n) =>
    capi.with({ pixelId: String(1_000_000_000 + from + n) }).track(
      'Lead',
      {},
      {
        event_id: `lead.${from + n}`,
        action_source: 'website',
        event_source_url: 'https://shop.example/',
        user_data: { em: 'anna@example.com', client_user_agent: 'UA/1' },
      },
    ),
  )
  await Promise.all(calls)
}

async function flushed(outbox: Outbox, pixels: number) {
  const { seen, fetch } = meta('answers')
  const { capi, remove } = client(outbox, fetch)
  await trackAll(capi, 50, 50_000)
  await capi.flush()
  seen.answered.clear()
  seen.most = 0
  const before = gc()
  await trackAll(capi, pixels)
  await sleep(200)
  const stalled = watchStalls()
  const since = performance.now()
  const { delivered } = await capi.flush({ timeoutMs: 60_000 })
  const ms = performance.now() - since
  const stall = stalled()
  const waits = [...seen.answered.values()].map((at) => at - since).sort((a, b) => a - b)
  const median = waits[Math.floor(waits.length / 2)] ?? Number.NaN
  await sleep(300)
  const idle = (gc() - before) / pixels
  await capi.close()
  remove()
  const ideal = (Math.max(pixels, CONNECTIONS) * LATENCY_MS) / CONNECTIONS
  return {
    delivered,
    'flush ms': Math.round(ms),
    '× answers': (ms / ideal).toFixed(2),
    'stall ms (CPU)': text(stall),
    connections: seen.most,
    'last ÷ median': ((waits.at(-1) ?? Number.NaN) / median).toFixed(2),
    'idle lane, bytes': outbox === 'memory' ? Math.round(idle) : '',
  }
}

async function closed(outbox: Outbox, pixels: number, mode: 'refuses' | 'hangs') {
  const { fetch } = meta(mode)
  const { capi, remove } = client(outbox, fetch)
  await trackAll(capi, pixels)
  await sleep(200)
  const stalled = watchStalls()
  const since = performance.now()
  await capi.close({ timeoutMs: CLOSE_MS })
  const ms = Math.round(performance.now() - since)
  const stall = stalled()
  remove()
  return { [`close ms, ${mode}`]: ms, [`stall ms (CPU), ${mode}`]: text(stall) }
}

const [, , outbox, count, what] = process.argv
if (outbox !== undefined && process.send === undefined) {
  console.log(
    await (what === 'flush'
      ? flushed(outbox as Outbox, Number(count))
      : closed(outbox as Outbox, Number(count), what as 'hangs')),
  )
} else if (outbox === undefined || process.send === undefined) {
  const rows: Record<string, object> = {}
  for (const kind of ['memory', 'sqlite'])
    for (const pixels of [100, 1_000, 3_000]) {
      const row = {}
      for (const part of ['flush', 'refuses', 'hangs']) {
        const child = fork(process.argv[1] ?? '', [kind, String(pixels), part], {
          execArgv: ['--expose-gc'],
        })
        Object.assign(row, (await once(child, 'message'))[0])
        child.kill()
      }
      rows[`${kind}, ${pixels}`] = row
      console.log(kind, pixels, JSON.stringify(row))
    }
  console.log(
    `\nNode ${process.versions.node}, load ${loadavg()
      .map((one) => one.toFixed(1))
      .join(' ')}`,
  )
  console.table(rows)
} else {
  const kind = outbox as Outbox
  const pixels = Number(count)
  process.send(
    what === 'flush'
      ? await flushed(kind, pixels)
      : await closed(kind, pixels, what as 'refuses' | 'hangs'),
  )
}
