import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningEmulator, startEmulator } from '@capi/emulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RUNTIMES, runProgram, startProgram } from '../src/run-program.ts'

/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9'
const ORDERS = 200
let emulator: RunningEmulator
let folder = ''
let file = ''

beforeEach(async () => {
  emulator = await startEmulator({ port: 0 })
  folder = mkdtempSync(join(tmpdir(), 'capi-runtimes-'))
  file = join(folder, 'outbox.db')
})

afterEach(async () => {
  await emulator.close()
  rmSync(folder, { recursive: true })
})

const taken = () => emulator.events({ status: 'processed' })

describe.each(RUNTIMES)('on %s', (runtime) => {
  it('delivers when Meta answers three times with 503, and lets the process end', async () => {
    emulator.fail({ preset: 'outage', times: 3 })
    const { stdout } = await runProgram(runtime, 'deliver', emulator.url)
    expect(JSON.parse(stdout)).toEqual({ tracked: 1, delivered: 1, queued: 0 })
    expect(taken()).toHaveLength(1)
  })

  it('@capi/sqlite keeps what track accepted when the process is killed, and delivers it once', async () => {
    {
      await using shop = await startProgram(runtime, 'shop', file, NOWHERE, `${ORDERS}`)
      expect(JSON.parse(shop.line)).toEqual({ outcomes: ['accepted'], store_failed: 0 })
    }
    const { stdout, stderr } = await runProgram(runtime, 'deliver', emulator.url, file)
    const all = ORDERS + 1
    expect(JSON.parse(stdout)).toEqual({ tracked: all, delivered: all, queued: 0 })
    expect(stderr).toBe('')
    const ids = taken().map(({ payload }) => payload['event_id'])
    expect(ids).toHaveLength(all)
    expect(new Set(ids).size).toBe(all)
    const again = await runProgram(runtime, 'deliver', emulator.url, file)
    expect(JSON.parse(again.stdout)).toEqual({ tracked: 0, delivered: 0, queued: 0 })
  })

  it('@capi/sqlite refuses the file to a second process', async () => {
    await using first = await startProgram(runtime, 'shop', file, NOWHERE, '1')
    expect(JSON.parse(first.line)).toEqual({ outcomes: ['accepted'], store_failed: 0 })
    await using second = await startProgram(runtime, 'shop', file, NOWHERE, '1')
    expect(JSON.parse(second.line)).toEqual({ outcomes: ['held'], store_failed: 0 })
  })
})
