import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const run = promisify(execFile)
const script = new URL('days-of-dates.ts', import.meta.url).pathname

/** East and west, behind and ahead of each other by a day, with half hours, and with clocks that go forward at midnight. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Pacific/Auckland',
  'America/New_York',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Australia/Adelaide',
  'Asia/Tokyo',
  'America/Sao_Paulo',
  'Asia/Beirut',
  'Australia/Lord_Howe',
]

it.each(ZONES)('a Date names the same day in %s as it was made for', async (zone) => {
  // A zone is a process's own: changing process.env.TZ in a worker changes nothing.
  const args = ['--conditions=@capi/source', '--disable-warning=ExperimentalWarning', script]
  const { stdout } = await run(process.execPath, args, { env: { ...process.env, TZ: zone } })
  const { count, failures, ...found } = JSON.parse(stdout) as {
    zone: string
    count: number
    failures: string[]
  }
  expect(found.zone).toBe(zone)
  expect(failures).toEqual([])
  expect(count).toBeGreaterThan(2_000)
})
