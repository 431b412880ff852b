import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningEmulator, startEmulator } from '@capi/emulator'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { runCapi, startCapi } from '../run-capi.ts'

let emulator: RunningEmulator
let folder: string

beforeAll(async () => {
  emulator = await startEmulator({ port: 0, max: 5_000 })
})
beforeEach(() => {
  emulator.clear()
  emulator.faults.clear()
  folder = mkdtempSync(join(tmpdir(), 'capi-import-'))
})
afterAll(() => emulator.close())

const env = () => ({
  META_PIXEL_ID: '1234567890',
  META_CAPI_ACCESS_TOKEN: 'any-token',
  CAPI_BASE_URL: emulator.url,
})

const HOUR_AGO = Math.floor(Date.now() / 1_000) - 3_600
const row = (
  id: number | string,
  email = `customer${id}@example.com`,
  value: number | string = 10,
) => `R-${id},${email},${HOUR_AGO},${value},EUR\n`
const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => row(from + index)).join('')
const HEADER = 'order_id,email,event_time,value,currency\n'

function write(text: string, name = 'till.csv'): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const importing = (path: string, ...more: string[]) =>
  runCapi(['import', path, ...more], { env: env() })
const checkpointOf = (path: string) => JSON.parse(readFileSync(`${path}.capi.json`, 'utf8'))
/** What Meta counts; a repeat that it knows again is none. */
const sentIds = () => emulator.events({ status: 'processed' }).map(({ event_id }) => event_id)

async function until(is: () => boolean): Promise<void> {
  const deadlineMs = Date.now() + 30_000
  while (!is()) {
    if (Date.now() > deadlineMs) throw new Error('This did not come within 30 seconds.')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

it('sends every row once by its event_id, though it is killed twice, and lists every bad row once', async () => {
  const bad = `R-x,nobody,${HOUR_AGO},ten,EUR\n`
  const path = write(
    `${HEADER}${bad}${rows(0, 1_200)}${bad.replace('R-x', 'R-y')}${rows(1_200, 2_400)}`,
  )
  for (const settled of [400, 1_200]) {
    const child = startCapi(
      ['import', path, '--live', '--rate', '900/s', ...(settled > 400 ? ['--resume'] : [])],
      { env: env() },
    )
    const ended = new Promise((resolve) => child.once('close', resolve))
    await until(() => existsSync(`${path}.capi.json`) && checkpointOf(path).counts.orders > settled)
    child.kill('SIGKILL')
    await ended
  }
  const { code, stdout } = await importing(path, '--live', '--resume')
  const ids = sentIds()
  const missing = Array.from({ length: 2_400 }, (_, id) => `purchase.R-${id}`).filter(
    (id) => !ids.includes(id),
  )
  // What was on its way at a kill is sent again, under the same id: by that Meta counts it once.
  expect({ missing, count: new Set(ids).size }).toEqual({ missing: [], count: 2_400 })
  expect(stdout).toMatch(/^orders +2,402\nsent +2,400\n/m)
  expect(code).toBe(5)
  expect(checkpointOf(path)).toMatchObject({
    isFinished: true,
    counts: { delivered: 2_400, refused: { amount_invalid: 2 } },
  })
  const failed = readFileSync(join(folder, 'till.failed.csv'), 'utf8').trimEnd().split('\r\n')
  expect(failed).toHaveLength(3)
  expect(failed[1]).toMatch(/^R-x,nobody,\d+,ten,EUR,2,amount_invalid,/)
  expect(failed[2]).toMatch(/^R-y,.*,1203,amount_invalid,/)
  // It is done: a further run sends nothing, and says so.
  const again = await importing(path, '--live')
  expect(again).toMatchObject({ code: 2, stdout: '' })
  expect(again.stderr).toMatch(/was uploaded on .*--restart/)
}, 90_000)

it('ends with 4 for a token that Meta refuses, and goes on after the last settled row once it is taken', async () => {
  const path = write(`${HEADER}${rows(0, 20)}`)
  const endFault = emulator.fail({ preset: 'token-expired' })
  const refused = await importing(path, '--live')
  expect(refused.code).toBe(4)
  expect(refused.stderr).toMatch(/token.*--resume/s)
  expect(refused.stderr).not.toContain('any-token')
  endFault()
  expect((await importing(path, '--live')).code).toBe(0)
  expect(checkpointOf(path).counts.delivered).toBe(20)
}, 60_000)

it('ends with 4 for a dataset that does not exist, and with 6 when Meta does not answer for too long', async () => {
  const path = write(`${HEADER}${rows(0, 5)}`)
  const endFault = emulator.fail({ preset: 'unknown-dataset' })
  expect((await importing(path, '--live')).code).toBe(4)
  endFault()
  emulator.fail({ preset: 'outage' })
  const away = await importing(path, '--live', '--resume', '--wait', '0')
  expect(away.code).toBe(6)
  expect(away.stderr).toMatch(/--resume/)
}, 60_000)

it('isolates a row that Meta alone refuses: the others arrive, and it stands in failed.csv', async () => {
  const named = (id: number, name: string) => `${name},${row(id)}`
  const lines = Array.from({ length: 30 }, (_, id) => named(id, id === 7 ? 'Poison' : 'Purchase'))
  const path = write(`event_name,${HEADER}${lines.join('')}`)
  const action = { type: 'error', status: 400, code: 100, error_subcode: 2_804_050 } as const
  emulator.fail({ match: { event_name: 'Poison' }, action })
  const { code } = await importing(path, '--live', '--failed', join(folder, 'bad.csv'))
  expect(code).toBe(5)
  expect(sentIds()).toHaveLength(29)
  expect(readFileSync(join(folder, 'bad.csv'), 'utf8')).toMatch(/Poison,R-7,.*,9,meta_100_2804050,/)
}, 60_000)

it('goes on after a file grew while it was read, with no row lost and none sent twice', async () => {
  const path = write(`${HEADER}${rows(0, 160)}R-160,custo`)
  const child = startCapi(['import', path, '--live', '--rate', '50'], { env: env() })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  await until(() => sentIds().length > 0)
  appendFileSync(path, `mer160@example.com,${HOUR_AGO},10,EUR\n${rows(161, 180)}`)
  expect(await ended).toBe(5)
  expect((await importing(path, '--live', '--resume')).code).toBe(0)
  expect(new Set(sentIds())).toEqual(
    new Set(Array.from({ length: 180 }, (_, index) => `purchase.R-${index}`)),
  )
}, 60_000)

it('sends nothing with the checkpoint of another file', async () => {
  const path = write(`${HEADER}${rows(0, 5)}`)
  expect((await importing(path, '--live')).code).toBe(0)
  writeFileSync(path, `${HEADER}${rows(10, 15)}`)
  const { code, stderr } = await importing(path, '--live', '--resume')
  expect(code).toBe(2)
  expect(stderr).toMatch(/checkpoint .* is of another file/)
  expect(sentIds()).toHaveLength(5)
}, 60_000)

it('sends nothing where the checkpoint cannot be kept, or where the rows make other orders than before', async () => {
  const path = write(`${HEADER}${rows(0, 5)}`)
  mkdirSync(`${path}.capi.json.tmp`)
  const unkept = await importing(path)
  expect(unkept.code).toBe(2)
  expect(unkept.stderr).toMatch(/Cannot write the checkpoint .*Nothing was sent/)
  rmdirSync(`${path}.capi.json.tmp`)
  expect(sentIds()).toEqual([])
  expect((await importing(path)).code).toBe(0)
  const { counts, ...rest } = checkpointOf(path)
  writeFileSync(
    `${path}.capi.json`,
    JSON.stringify({ ...rest, isFinished: false, counts: { ...counts, orders: 3 } }),
  )
  const other = await importing(path, '--resume')
  expect(other.code).toBe(2)
  expect(other.stderr).toMatch(/other orders than in the run before/)
  expect(sentIds()).toHaveLength(5)
}, 60_000)

it.runIf(existsSync('/dev/full'))(
  'says that the disk is full, and goes on from what was settled',
  async () => {
    const path = write(`${HEADER}R-x,nobody,${HOUR_AGO},ten,EUR\n${rows(0, 5)}`)
    const full = await importing(path, '--live', '--failed', '/dev/full')
    expect(full.code).toBe(5)
    expect(full.stderr).toMatch(/\/dev\/full.*ENOSPC.*--resume/s)
    expect((await importing(path, '--live', '--restart')).code).toBe(5)
    expect(new Set(sentIds()).size).toBe(5)
  },
  60_000,
)

it('sends nothing on a dry run, nor before it was said that it is for real, nor without what a file leaves open', async () => {
  const path = write(`order_id,email,event_time,value\nR-1,a@example.com,2026-11-20 10:00:00,10\n`)
  const dry = await runCapi(
    ['import', path, '--dry-run', '--currency', 'EUR', '--timezone', 'UTC', '--json'],
    { env: {} },
  )
  expect(JSON.parse(dry.stdout)).toMatchObject({ rows: 1, orders: 1 })
  const { CAPI_BASE_URL: _, ...meant } = env()
  expect((await runCapi(['import', path], { env: meant })).stderr).toMatch(
    /--dry-run.*--test-event-code.*--live/,
  )
  const open = await runCapi(['import', path, '--live', '--map', join(folder, 'other.json')], {
    env: env(),
  })
  expect(open.code).toBe(2)
  const named = write('{"version":1,"from":"csv","columns":{},"answers":{}}', 'other.json')
  const asked = await importing(path, '--live', '--map', named)
  expect(asked).toMatchObject({ code: 2, stdout: '' })
  expect(asked.stderr).toMatch(/--currency EUR.*\n.*--timezone/)
  expect(sentIds()).toEqual([])
}, 60_000)
