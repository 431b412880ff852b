// What a pixel that cannot send costs others: an empty poll beside 300,000 of its events, and the rate of 25 pixels beside
// 25 that are paused, next to the same 25 alone. In turn, medians. By hand: `npm run bench`.
import { CapiStoreError, createCapi } from '@capi/core'
import { sqliteOutbox } from '../src/index.ts'
import {
  fileNamed,
  fill,
  LANE,
  median,
  ms,
  open,
  print,
  quantile,
  time,
  timed,
} from './workload.ts'

const PAUSED_EVENTS = Number(process.env['BENCH_PAUSED'] ?? 300_000)
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 7)
const PIXELS = 25
const EVENTS = 400

const thread = open(fileNamed('paused.db'), 'fast')
await fill(thread, PAUSED_EVENTS)
const request = { maxEvents: 100, maxBytes: 1e6, leaseMs: 60_000 }
// Some are on their way, as a paused pixel's are that were leased before.
for (let n = 0; n < 4; n++) await thread.call('lease', { ...request, lane: LANE }, time())
const polls: number[] = []
for (let n = 0; n < 500; n++)
  polls.push(await timed(() => thread.call('lease', { ...request, lane: '9999999999' }, time())))
print(
  `empty poll beside ${PAUSED_EVENTS} events of a paused pixel: ${ms(median(polls))} p50, ${ms(quantile(polls, 0.99))} p99`,
)
await thread.close()

const pixel = (n: number) => `${1_000_000_000 + n}`

/** @returns delivered events of the pixels that may send, a second, and a second of processor time. */
async function rate(name: string, isBeside: boolean) {
  let delivered = 0
  const capi = createCapi({
    pixelId: pixel(0),
    accessToken: 'token',
    outbox: sqliteOutbox({ path: fileNamed(name) }),
    logger: { warn() {}, error() {} },
    async fetch(url, init) {
      const address = typeof url === 'string' ? url : ''
      const isPaused = Number(/\/(\d{10})\//.exec(address)?.[1]) >= 1_000_000_000 + PIXELS
      if (isPaused)
        return Response.json({ error: { code: 190, message: 'expired' } }, { status: 401 })
      const { data } = JSON.parse(typeof init?.body === 'string' ? init.body : '') as {
        data: unknown[]
      }
      delivered += data.length
      return Response.json({ events_received: data.length })
    },
  })
  async function track(n: number): Promise<void> {
    const user_data = { external_id: `person.${n}` }
    const { outcome } = await capi
      .with({ pixelId: pixel(n) })
      .track('Lead', {}, { action_source: 'other', user_data })
    // Otherwise the bench would wait for it forever.
    if (outcome !== 'accepted') throw new CapiStoreError('unknown', `An event was ${outcome}.`)
  }
  if (isBeside) {
    const paused = Array.from({ length: 4_000 }, (_, n) => track(PIXELS + (n % PIXELS)))
    await Promise.all(paused)
    while (Object.values((await capi.stats()).pixels).some(({ state }) => state !== 'paused'))
      await new Promise((resolve) => void setTimeout(resolve, 50))
  }
  const start = performance.now()
  const usage = process.cpuUsage()
  for (let n = 0; n < EVENTS; n += 10) {
    const tracked: Promise<unknown>[] = []
    for (let one = 0; one < 10 * PIXELS; one++) tracked.push(track(one % PIXELS))
    await Promise.all(tracked)
  }
  while (delivered < EVENTS * PIXELS) await new Promise((resolve) => void setTimeout(resolve, 5))
  const seconds = (performance.now() - start) / 1_000
  const { user, system } = process.cpuUsage(usage)
  await capi.close({ timeoutMs: 0 })
  return { perSecond: delivered / seconds, perCpuSecond: (delivered * 1e6) / (user + system) }
}

const ratios: number[] = []
const cpu: number[] = []
const rates: number[] = []
for (let round = 0; round <= ROUNDS; round++) {
  const alone = await rate(`alone${round}.db`, false)
  const beside = await rate(`beside${round}.db`, true)
  if (round === 0) continue
  ratios.push(beside.perSecond / alone.perSecond)
  cpu.push(beside.perCpuSecond / alone.perCpuSecond)
  rates.push(alone.perSecond)
}
print(
  `${PIXELS} pixels beside ${PIXELS} that are paused: ${median(ratios).toFixed(2)} of the rate alone (${Math.round(median(rates))}/s), ` +
    `${median(cpu).toFixed(2)} of the events for each second of processor time`,
)
