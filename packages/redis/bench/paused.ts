// What a pixel that cannot send costs others: an empty poll beside 300,000 of its events, and the rate of 25 pixels beside
// 25 that are paused, next to the same 25 alone. In turn, medians. By hand: `npm run bench`.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Capi, createCapi } from '@capi/core'
import { fill, lease, median, ms, open, print, startServer, time, timed } from './workload.ts'

const PAUSED_EVENTS = Number(process.env['BENCH_PAUSED'] ?? 300_000)
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 7)
const PIXELS = 25
const EVENTS = 400

const full = await startServer()
const outbox = open(full.port)
await fill(outbox, PAUSED_EVENTS)
// Some are on their way, as a paused pixel's are that were leased before.
for (let n = 0; n < 4; n++) await lease(outbox)
const [looks, polls]: [number[], number[]] = [[], []]
for (let n = 0; n < 500; n++) {
  looks.push(await timed(() => outbox.dueLanes(time())))
  polls.push(await timed(() => lease(outbox, '9999999999')))
}
print(
  `beside ${PAUSED_EVENTS} events of a paused pixel: a look for due pixels ${ms(median(looks))}, a lease that finds nothing ${ms(median(polls))}`,
)
await full.stop()

const pixel = (n: number) => `${1_000_000_000 + n}`

const pausedIn = async (capi: Capi) =>
  Object.values((await capi.stats()).pixels).filter(({ state }) => state === 'paused').length

/** @returns delivered events of the pixels that may send, a second. */
async function rate(isBeside: boolean): Promise<number> {
  const server = await startServer()
  let delivered = 0
  const capi = createCapi({
    pixelId: pixel(0),
    accessToken: 'token',
    outbox: open(server.port),
    logger: { warn() {}, error() {} },
    async fetch(url, init) {
      const address = typeof url === 'string' ? url : ''
      if (Number(/\/(\d{10})\//.exec(address)?.[1]) >= 1_000_000_000 + PIXELS)
        return Response.json({ error: { code: 190, message: 'expired' } }, { status: 401 })
      const { data } = JSON.parse(typeof init?.body === 'string' ? init.body : '') as {
        data: unknown[]
      }
      delivered += data.length
      return Response.json({ events_received: data.length })
    },
  })
  const track = (n: number) =>
    capi
      .with({ pixelId: pixel(n) })
      .track('Lead', {}, { action_source: 'other', user_data: { external_id: n + 1 } })
  if (isBeside) {
    await Promise.all(Array.from({ length: 4_000 }, (_, n) => track(PIXELS + (n % PIXELS))))
    while ((await pausedIn(capi)) < PIXELS) await sleep(5)
  }
  const start = performance.now()
  for (let n = 0; n < EVENTS; n += 10)
    await Promise.all(Array.from({ length: 10 * PIXELS }, (_, one) => track(one % PIXELS)))
  while (delivered < EVENTS * PIXELS) await sleep(5)
  const perSecond = delivered / ((performance.now() - start) / 1_000)
  await capi.close({ timeoutMs: 0 })
  await server.stop()
  return perSecond
}

const ratios: number[] = []
const rates: number[] = []
for (let n = 0; n <= ROUNDS; n++) {
  const alone = await rate(false)
  const beside = await rate(true)
  // The first round warms up.
  if (n === 0) continue
  ratios.push(beside / alone)
  rates.push(alone)
}
print(
  `${PIXELS} pixels beside ${PIXELS} that are paused: ${median(ratios).toFixed(2)} of the rate alone (${Math.round(median(rates))}/s)`,
)
process.exit()
