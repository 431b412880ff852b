import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmulator } from '@capi/emulator'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { charts } from '../src/quality/charts.ts'
import { lineChart } from '../src/quality/line-chart.ts'
import { type GraphServer, graphError, graphServer } from './graph-server.ts'
import { runCapi } from './run-capi.ts'

const TOKEN = 'EAAB-quality-token-of-nobody'
const PIXEL = '1234567890'
const folder = mkdtempSync(join(tmpdir(), 'capi-quality-'))

let graph: GraphServer
beforeAll(async () => {
  graph = await graphServer()
})
afterAll(() => graph[Symbol.asyncDispose]())

const WEB = [
  {
    event_name: 'Purchase',
    event_match_quality: {
      composite_score: 8.1,
      match_key_feedback: [{ identifier: 'email', coverage: { percentage: 71.4 } }],
      diagnostics: [
        { name: 'Send valid currency codes', solution: 'Send ISO codes.', percentage: 3 },
      ],
    },
    event_coverage: { percentage: 60, goal_percentage: 75 },
    data_freshness: { upload_frequency: 'real_time' },
  },
  { event_name: 'Lead' },
]

beforeEach(() => {
  graph.script = { dataset_quality: { body: { web: WEB } } }
})

const quality = (...args: readonly string[]) =>
  runCapi(['quality', ...args], {
    cwd: folder,
    env: { META_PIXEL_ID: PIXEL, META_CAPI_ACCESS_TOKEN: TOKEN, CAPI_BASE_URL: graph.url },
  })

it('prints Meta’s numbers, and - for what Meta does not know', async () => {
  const { code, stdout } = await quality()
  expect(stdout.split('\n').map((line) => line.replace(/ {2,}/g, '|'))).toEqual([
    'event|score|coverage|goal|event_id browser|event_id server|freshness|best keys',
    'Purchase|8.1|60%|75%|-|-|real_time|email 71.4%',
    'Lead|-|-|-|-|-|-|-',
    'Purchase Send valid currency codes (3% of events)',
    '|Send ISO codes.',
    '',
  ])
  expect(code).toBe(0)
})

it('ends with 3 below a gate, and names event, number and gate', async () => {
  const { code, stdout, stderr } = await quality(
    '--min-emq',
    '8.5',
    '--min-coverage',
    '60',
    '--json',
  )
  expect(JSON.parse(stdout)).toMatchObject({
    pixelId: PIXEL,
    web: [{ score: 8.1 }, { event_name: 'Lead' }],
    findings: [{ code: 'score_low', event_name: 'Purchase', actual: 8.1, wanted: 8.5 }],
  })
  expect(stderr).toContain('score_low Purchase has match quality 8.1; 8.5 is wanted.')
  expect(code).toBe(3)
  const named = await quality('--min-emq', '1', '--event', 'Lead')
  expect(named.stderr).toContain('not_measured Lead has no number yet')
  expect(named.code).toBe(3)
})

it('keeps readings in a file and draws them; other lines and other datasets count for nothing', async () => {
  const file = join(folder, 'history.ndjson')
  const day = 86_400_000
  const past = (age: number, score: number, pixelId = PIXEL) =>
    JSON.stringify({
      readAtMs: Date.now() - age * day,
      pixelId,
      web: [{ event_name: 'Purchase', score }],
    })
  writeFileSync(file, `${past(2, 6.1)}\n${past(2, 1, '99999')}\nno reading\n${past(1, 7.4)}`)
  const { stdout, stderr } = await quality('--history', file)
  expect(stdout).toMatch(
    /\nPurchase, match quality: 6\.1 → 8\.1 {3}\([\d-]+ to [\d-]+, 3 readings\)\n/,
  )
  expect(stdout).toContain('8.1 ┤  ╭')
  expect(stderr).toContain('1 lines of')
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  expect(lines).toHaveLength(5)
  expect(JSON.parse(lines[4] ?? '')).toMatchObject({
    pixelId: PIXEL,
    web: [{ score: 8.1, coverage: 60 }, {}],
  })
})

it('shows Meta’s numbers in the emulator, which gets no token', async () => {
  await using emulator = await startEmulator({ port: 0 })
  const { code, stderr } = await quality('--emulator', emulator.url)
  expect(stderr).toContain(`${emulator.url}/#/quality`)
  expect(code).toBe(0)
  const shown = await (await fetch(`${emulator.url}/__capi/quality`)).json()
  expect(shown).toEqual({
    quality: [],
    meta: {
      pixelId: PIXEL,
      readAtMs: expect.any(Number),
      web: [{ event_name: 'Purchase', score: 8.1, coverage: 60 }, { event_name: 'Lead' }],
    },
  })
})

it('reads the emulator itself: a gate can be tried without an account', async () => {
  await using emulator = await startEmulator({ port: 0 })
  await fetch(`${emulator.url}/tr?id=${PIXEL}&ev=Lead`)
  const { code, stderr } = await quality('--base-url', emulator.url, '--min-coverage', '75')
  expect(stderr).toContain('coverage_low Lead has coverage in percent 0; 75 is wanted.')
  expect(code).toBe(3)
})

it.each([
  ['a refused token', graphError(401, 190), [], 4, /not valid/],
  ['Meta’s outage', graphError(500, 2), [], 6, /api_error/],
  ['no numbers yet', { body: {} }, [], 0, /a day or two after/],
  ['a gate out of range', { body: {} }, ['--min-emq', '11'], 2, /from 0 to 10/],
  [
    'a file that cannot be written',
    { body: {} },
    ['--history', '/proc/none/file'],
    2,
    /file_failed/,
  ],
])('ends with a clear word for %s', async (_, answer, args, exit, words) => {
  graph.script = { dataset_quality: answer }
  const { code, stdout, stderr } = await quality(...args)
  expect(stderr).toMatch(words)
  expect(stdout + stderr).not.toContain(TOKEN)
  expect(code).toBe(exit)
})

it('draws a line from value to value, flat where nothing changed', () => {
  expect(lineChart([1, 1], 2)).toEqual(['1.0 ┤──', '0.0 ┤'])
  expect(lineChart([0, 10, 5], 3)).toEqual(['10.0 ┤ ╭╮', ' 5.0 ┤ │╰', ' 0.0 ┤─╯'])
})

it('draws no chart of one reading', () => {
  expect(
    charts([{ readAtMs: 0, pixelId: PIXEL, web: [{ event_name: 'Lead', score: 5 }] }]),
  ).toEqual([])
})
