import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chance, runChild } from '@capi/testing'
import { expect, it } from 'vitest'
import { metaServer } from './meta-server.ts'
import { tempFolder } from './temp-folder.ts'

/** 50 by hand: CAPI_KILLS=50 npx vitest run --project sqlite delivery-crash. */
const KILLS = Number(process.env['CAPI_KILLS'] ?? 3)
/** Longer than the shop's timeout: a request is on its way all the while. A minute by hand. */
const STOP_MS = Number(process.env['CAPI_STOP_MS'] ?? 1_500)
const ENDLESS = 1e6

interface Sale {
  readonly event_id: string
  readonly custom_data: { readonly order_id: string }
}

/** A Meta that answers slowly, and one time in eight not at all after taking the events. */
const taken = new Map<string, string>()
let arrivals: number[] = []
const random = chance(7)
const baseUrl = metaServer((text, response, request) => {
  const { data } = JSON.parse(text) as { data: Sale[] }
  arrivals.push(performance.now())
  for (const sale of data) {
    expect(sale.event_id).toBe(sale.custom_data.order_id)
    const body = JSON.stringify(sale)
    expect(taken.get(sale.event_id) ?? body).toBe(body)
    taken.set(sale.event_id, body)
  }
  if (random.next() < 1 / 8) request.socket.destroy()
  else setTimeout(() => response.end(JSON.stringify({ events_received: data.length })), 30)
})

const newPath = tempFolder()

/** What the shops accepted, one after the other; a line cut by a kill is none. */
function soldIn(list: string): readonly string[] {
  return readFileSync(list, 'utf8').split('\n').slice(0, -1)
}

function newShop() {
  const path = newPath()
  const list = join(dirname(path), '..', `${basename(dirname(path))}.sold`)
  return {
    sold: () => soldIn(list),
    start: (durability: string, first = 0, count = 0) =>
      runChild(
        new URL('./children/shop.ts', import.meta.url),
        path,
        durability,
        baseUrl(),
        list,
        String(first),
        String(count),
      ),
  }
}

it.each(['strict', 'fast'] as const)(
  `delivers everything it accepted though it is killed ${KILLS} times under load, %s`,
  { timeout: 180_000 + KILLS * 5_000 },
  async (durability) => {
    taken.clear()
    const shop = newShop()
    const firstSendsMs: number[] = []
    for (let kill = 0; kill < KILLS; kill++) {
      arrivals = []
      const startMs = performance.now()
      const running = shop.start(durability, kill * ENDLESS, ENDLESS)
      await running.printed('started')
      await sleep(random.next() * 600)
      running.process.kill('SIGKILL')
      expect((await running.ended()).stderr).toBe('')
      if (kill > 0 && arrivals[0] !== undefined) firstSendsMs.push(arrivals[0] - startMs)
    }
    const last = await shop.start(durability).ended()
    expect(last).toEqual({ code: 0, stdout: 'queued 0\n', stderr: '' })
    expect(shop.sold().length).toBeGreaterThan(KILLS * 5)
    expect(shop.sold().filter((id) => !taken.has(id))).toEqual([])
    expect(Math.max(0, ...firstSendsMs)).toBeLessThan(10_000)
  },
)

it('loses nothing it accepted when it is asked to end under load', {
  timeout: 180_000,
}, async () => {
  taken.clear()
  const shop = newShop()
  const running = shop.start('strict', 0, ENDLESS)
  await running.printed('started')
  await sleep(500)
  const startMs = performance.now()
  running.process.kill('SIGTERM')
  const { stdout, code } = await running.ended()
  expect(code).toBe(0)
  expect(performance.now() - startMs).toBeLessThan(1_000 + 10_000)
  const queued = Number(/queued (\d+)/.exec(stdout)?.[1])
  expect(shop.sold().length).toBeGreaterThan(10)
  expect(shop.sold().filter((id) => !taken.has(id)).length).toBeLessThanOrEqual(queued)
  await shop.start('strict').ended()
  expect(shop.sold().filter((id) => !taken.has(id))).toEqual([])
})

it('goes on after being stopped in the middle of a request', {
  timeout: 180_000 + STOP_MS,
}, async () => {
  taken.clear()
  const shop = newShop()
  const running = shop.start('strict', 0, 400)
  await running.printed('started')
  running.process.kill('SIGSTOP')
  await sleep(STOP_MS)
  running.process.kill('SIGCONT')
  await running.printed('done')
  running.process.kill('SIGTERM')
  const { stdout } = await running.ended()
  await shop.start('strict').ended()
  // Each of the ten sellers may have waited for the outbox just then, and was told that it took too long.
  const refused = Number(/done, (\d+) refused/.exec(stdout)?.[1])
  expect(refused).toBeLessThanOrEqual(10)
  expect(shop.sold()).toHaveLength(400 - refused)
  expect(shop.sold().filter((id) => !taken.has(id))).toEqual([])
})
