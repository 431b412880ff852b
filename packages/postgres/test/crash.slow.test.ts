import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { outboxItem } from '@capi/core/outbox-test'
import { type Child, chance, runChild } from '@capi/testing'
import { afterAll, expect, it } from 'vitest'
import { PIXEL } from './children/open-capi.ts'
import { journalMeta } from './journal-meta.ts'
import { testDatabase } from './test-database.ts'

/** By hand: CAPI_KILLS=100 npx vitest run --project postgres crash. */
const KILLS = Number(process.env['CAPI_KILLS'] ?? 10)
/** Orders, two thirds of them committed; by hand CAPI_ORDERS=1000. */
const ORDERS = Number(process.env['CAPI_ORDERS'] ?? 150)
/** What one worker has on its way: four requests of 20 events. */
const IN_FLIGHT = 4 * 20
/** More than the shops of one life can sell. */
const LIFE = 1_000_000

const TIME = { tickMs: 0, nowMs: Date.now() }
const meta = journalMeta()
const world = testDatabase()
const random = chance(3)
const folder = mkdtempSync(join(tmpdir(), 'capi-postgres-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function kill(child: Child): Promise<string> {
  child.process.kill('SIGKILL')
  return (await child.ended()).stderr
}

it(`delivers every order that was committed, though shops and workers are killed ${KILLS} times`, {
  timeout: 120_000 + KILLS * 10_000,
}, async () => {
  await world.client.query('CREATE TABLE orders (id text PRIMARY KEY)')
  const journal = join(folder, 'sold')
  const startWorker = () =>
    runChild(new URL('./children/worker.ts', import.meta.url), world.url, meta.url)
  let worker = startWorker()
  let kills = 0
  const sold = async () =>
    Number((await world.client.query('SELECT count(*) FROM orders')).rows[0].count)
  for (let life = 0; kills < KILLS || (await sold()) < (ORDERS * 2) / 3; life++) {
    const shop = runChild(
      new URL('./children/shop.ts', import.meta.url),
      world.url,
      meta.url,
      journal,
      life * LIFE,
    )
    await shop.printed('started')
    await sleep(random.next() * 300)
    expect(await kill(shop)).toBe('')
    if (kills === KILLS) continue
    kills++
    expect(await kill(worker)).toBe('')
    await world.endLeases()
    worker = startWorker()
  }
  const { rows } = await world.client.query('SELECT id FROM orders')
  const orders = new Set<string>(rows.map((row) => row.id))
  // Not all of them are written down: a shop may die between its commit and its note.
  const lines = readFileSync(journal, 'utf8').split('\n').slice(0, -1)
  const noted = (what: string) =>
    lines.filter((line) => line.endsWith(what)).map((line) => line.slice(0, line.indexOf(' ')))
  expect(noted(' sold').filter((id) => !orders.has(id))).toEqual([])
  expect(noted(' cancelled').length).toBeGreaterThan(ORDERS / 5)

  await meta.has(orders)
  await kill(worker)
  // Committed: an event; rolled back, or dead before: none.
  expect([...meta.arrived.keys()].filter((id) => !orders.has(id))).toEqual([])
  // Again goes what a dead worker had on its way, and what Meta took without an answer.
  const again = [...meta.arrived.values()].reduce((sum, { times }) => sum + times - 1, 0)
  const bound = meta.unanswered() + kills * IN_FLIGHT
  expect(again).toBeLessThanOrEqual(bound)
  const figures = {
    kills,
    orders: orders.size,
    rolledBack: noted(' cancelled').length,
    again,
    bound,
  }
  if (process.env['CAPI_KILLS'] !== undefined) process.stderr.write(`${JSON.stringify(figures)}\n`)
})

it('delivers past a worker that stands still, whose answers then count for nothing', {
  timeout: 60_000,
}, async () => {
  meta.clear()
  const outbox = world.outbox({ role: 'producer' })
  const expiresAtMs = Date.now() + 86_400_000
  const items = Array.from({ length: 200 }, (_, n) => {
    const event_id = `still.${n}`
    return outboxItem(event_id, { expiresAtMs, body: JSON.stringify({ event_id }) })
  })
  const still = runChild(new URL('./children/worker.ts', import.meta.url), world.url, meta.url)
  await still.printed('started')
  await outbox.put(items, TIME)
  await expect.poll(() => meta.arrived.size).toBeGreaterThan(0)
  still.process.kill('SIGSTOP')
  await sleep(500) // What it had asked Postgres for is leased by now.
  await world.endLeases()
  const other = runChild(new URL('./children/worker.ts', import.meta.url), world.url, meta.url)
  await meta.has(items.map((item) => item.event_id))
  const isEmpty = async () => (await outbox.counts())[PIXEL] === undefined
  await expect.poll(isEmpty, { timeout: 20_000 }).toBe(true)
  still.process.kill('SIGCONT')
  await outbox.put([outboxItem('after', { expiresAtMs, body: '{"event_id":"after"}' })], TIME)
  await meta.has(['after'])
  await expect.poll(isEmpty, { timeout: 20_000 }).toBe(true)
  // Once more for the worker that stood still, and once for each request that Meta cut.
  const again = [...meta.arrived.values()].reduce((sum, { times }) => sum + times - 1, 0)
  expect(again).toBeLessThanOrEqual(items.length + meta.unanswered())
  await Promise.all([kill(still), kill(other)])
  await outbox.close()
})
