import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chance, runChild } from '@capi/testing'
import { expect, it } from 'vitest'
import { sqliteOutbox } from '../src/index.ts'
import { LANE, TIME } from './outbox-options.ts'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()
const KILLS = Number(process.env['CAPI_KILLS'] ?? 3)

it.each(['strict', 'fast'] as const)(
  `loses nothing it accepted when it is killed: ${KILLS} times, %s`,
  { timeout: 30_000 + KILLS * 6_000 },
  async (durability) => {
    const path = newPath()
    const list = newPath('acknowledged')
    mkdirSync(dirname(list))
    const at = chance(1)
    for (let kill = 0; kill < KILLS; kill++) {
      const child = runChild(
        new URL('./children/writer.ts', import.meta.url),
        path,
        durability,
        String(kill * 1e6),
        list,
      )
      await child.printed('started')
      await sleep(20 + at.next() * 150)
      child.process.kill('SIGKILL')
      expect((await child.ended()).stderr).toBe('')
    }
    const acknowledged = readFileSync(list, 'utf8').trim().split('\n')
    const outbox = sqliteOutbox({ path })
    await outbox.recover(TIME)
    const request = { lane: LANE, maxEvents: 1e6, maxBytes: 1e9, leaseMs: 60_000 }
    const { items } = await outbox.lease(request, TIME)
    const found = new Set(items.map((item) => item.event_id))
    expect(found.size).toBe(items.length)
    expect(acknowledged.filter((id) => !found.has(id))).toEqual([])
    expect(acknowledged.length).toBeGreaterThan(KILLS)
    await outbox.close()
  },
)
