import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chance } from '@capi/testing'
import { afterAll, expect, it } from 'vitest'
import { PIXEL } from './children/open-capi.ts'
import { type Child, runChild } from './children.ts'
import { journalMeta } from './journal-meta.ts'
import { testBoss } from './test-boss.ts'

/** By hand: CAPI_KILLS=100 npx vitest run --project pg-boss crash. */
const KILLS = Number(process.env['CAPI_KILLS'] ?? 10)
/** Orders, two thirds of them committed; by hand CAPI_ORDERS=1000. */
const ORDERS = Number(process.env['CAPI_ORDERS'] ?? 150)
/** More than the shops of one life can sell. */
const LIFE = 1_000_000

const meta = journalMeta()
const world = testBoss({ supervise: true, superviseIntervalSeconds: 1, monitorIntervalSeconds: 1 })
const random = chance(3)
const folder = mkdtempSync(join(tmpdir(), 'capi-pg-boss-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function kill(child: Child): Promise<string> {
  child.process.kill('SIGKILL')
  return (await child.ended()).stderr
}

/** Leases of the dead do not have to be waited for: they are old at once. */
async function ageLeases(): Promise<void> {
  await world.client.query(
    "UPDATE pgboss.job SET heartbeat_on = heartbeat_on - interval '60 s' WHERE state = 'active'",
  )
}

it(`delivers every order that was committed, though shops and workers are killed ${KILLS} times`, {
  timeout: 120_000 + KILLS * 10_000,
}, async () => {
  await world.client.query('CREATE TABLE orders (id text PRIMARY KEY)')
  const journal = join(folder, 'sold')
  const startWorker = () => runChild('worker', world.url, meta.url)
  let worker = startWorker()
  let kills = 0
  const sold = async () =>
    Number((await world.client.query('SELECT count(*) FROM orders')).rows[0].count)
  for (let life = 0; kills < KILLS || (await sold()) < (ORDERS * 2) / 3; life++) {
    const shop = runChild('shop', world.url, meta.url, journal, life * LIFE)
    await shop.printed('started')
    await sleep(random.next() * 300)
    const stderr = await kill(shop)
    expect(stderr).toBe('')
    if (kills < KILLS) {
      kills++
      expect(await kill(worker)).toBe('')
      await ageLeases()
      worker = startWorker()
    }
  }
  const { rows } = await world.client.query('SELECT id FROM orders')
  const orders = new Set<string>(rows.map((row) => row.id))
  // What a shop wrote down is a part of it: the last order of each life may be committed all the same.
  const lines = readFileSync(journal, 'utf8').split('\n').slice(0, -1)
  const told = (what: string) =>
    lines.flatMap((line) => (line.endsWith(what) ? [line.split(' ')[0]] : []))
  expect(told(' sold').filter((id) => !orders.has(id ?? ''))).toEqual([])
  expect(told(' cancelled').length).toBeGreaterThan(ORDERS / 5)

  await ageLeases()
  await meta.has(orders)
  await kill(worker)
  // Committed: an event; rolled back, or died before: none.
  expect([...meta.arrived.keys()].filter((id) => !orders.has(id))).toEqual([])
  expect([...orders].filter((id) => !meta.arrived.has(id))).toEqual([])
  const again = [...meta.arrived.values()].filter(({ times }) => times > 1).length
  const figures = { kills, orders: orders.size, rolledBack: told(' cancelled').length, again }
  expect(again, JSON.stringify(figures)).toBeLessThanOrEqual(meta.batches.length * 20)
  if (process.env['CAPI_KILLS'] !== undefined) process.stderr.write(`${JSON.stringify(figures)}\n`)
  expect(PIXEL).toBe('1234567890')
})
