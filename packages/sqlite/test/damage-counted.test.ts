import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { createCapi, type Drop } from '@capi/core'
import { chance } from '@capi/testing'
import { expect, it } from 'vitest'
import { sqliteOutbox } from '../src/index.ts'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()
const EVENTS = 300
const PAGE_BYTES = 8_192

function client(path: string, isDown: boolean, drops: Drop[] = []) {
  const sent: string[] = []
  const capi = createCapi({
    pixelId: '1234567890',
    accessToken: 'token',
    putTimeoutMs: 20_000,
    outbox: sqliteOutbox({ path, durability: 'fast', onWarning() {} }),
    logger: { warn() {}, error() {} },
    onDropped: (drop) => drops.push(drop),
    async fetch(_url, init) {
      if (isDown) throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })
      const { data } = JSON.parse(typeof init?.body === 'string' ? init.body : '') as {
        data: { event_id: string }[]
      }
      sent.push(...data.map((event) => event.event_id))
      return Response.json({ events_received: data.length })
    },
  })
  return { capi, sent }
}

async function fill(path: string): Promise<void> {
  const { capi } = client(path, true)
  const about = { action_source: 'other', user_data: { external_id: 1 } } as const
  await Promise.all(
    Array.from({ length: EVENTS }, (_one, n) =>
      capi.track('Lead', {}, { ...about, event_id: `${n}` }),
    ),
  )
  expect(await capi.close({ timeoutMs: 0 })).toMatchObject({ queued: EVENTS })
}

function alterOneBody(path: string): void {
  const db = new DatabaseSync(path)
  db.exec(`UPDATE outbox SET body = replace(body, 'Lead', 'Leap') WHERE event_id = '7'`)
  db.close()
}

function overwritePages(path: string): void {
  const random = chance(3)
  const file = openSync(path, 'r+')
  const pages = readFileSync(path).length / PAGE_BYTES
  for (let hit = 0; hit < 3; hit++) {
    const page = Math.floor(pages / 2) + random.index(Math.floor(pages / 3))
    const noise = Buffer.from(Array.from({ length: PAGE_BYTES }, () => random.index(256)))
    writeSync(file, noise, 0, PAGE_BYTES, page * PAGE_BYTES)
  }
  closeSync(file)
}

it.each([
  ['an event was altered', alterOneBody],
  ['pages were overwritten', overwritePages],
])('counts what was lost while nobody looked: %s', async (_name, damage) => {
  const path = newPath()
  await fill(path)
  damage(path)
  const drops: Drop[] = []
  const { capi, sent } = client(path, false, drops)
  await capi.flush()
  // What the lease found damaged is told by the next sweep.
  await capi.flush()
  const { tracked, delivered, queued, dropped } = await capi.stats()
  expect(dropped.store_failed).toBeGreaterThan(0)
  expect({ tracked, queued }).toEqual({ tracked: EVENTS, queued: 0 })
  expect(delivered + dropped.store_failed).toBe(EVENTS)
  expect(sent).toHaveLength(delivered)
  expect(drops.every((drop) => drop.reason === 'store_failed')).toBe(true)
  await capi.close()
})
