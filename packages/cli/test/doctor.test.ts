import { startEmulator } from '@capi/emulator'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkEnvironment } from '../src/doctor/check-environment.ts'
import { describeToken } from '../src/doctor/describe-token.ts'
import { type GraphServer, graphError, graphServer, tokenAnswer } from './graph-server.ts'
import { runCapi } from './run-capi.ts'

const TOKEN = 'EAAB-doctor-token-of-nobody'
const DAY_SEC = 86_400
const nowSec = Math.floor(Date.now() / 1000)

let graph: GraphServer
beforeAll(async () => {
  graph = await graphServer()
})
afterAll(() => graph[Symbol.asyncDispose]())
beforeEach(() => {
  graph.script = {}
  graph.aheadMs = 0
  graph.seen.length = 0
})

interface Finding {
  readonly check: string
  readonly status: string
  readonly message: string
}

async function doctor(env: Record<string, string> = {}, args: readonly string[] = []) {
  const ran = await runCapi(['doctor', '--json', ...args], {
    cwd: import.meta.dirname,
    env: {
      META_PIXEL_ID: '1234567890',
      META_CAPI_ACCESS_TOKEN: TOKEN,
      CAPI_BASE_URL: graph.url,
      ...env,
    },
  })
  const { findings } = JSON.parse(ran.stdout) as { readonly findings: readonly Finding[] }
  const statusOf = (check: string) => findings.findLast((one) => one.check === check)?.status
  expect(ran.stdout + ran.stderr).not.toContain(TOKEN)
  return { code: ran.code, findings, statusOf, text: ran.stdout }
}

it('finds nothing to fix where all is well, and sends the token in no address', async () => {
  graph.script = {
    batch: tokenAnswer({ type: 'SYSTEM_USER', is_valid: true, expires_at: 0 }),
    node: { body: { last_fired_time: '2026-11-28T10:00:00+0000', is_unavailable: false } },
    stats: { body: { data: [{ data: [{ value: 'WEB', count: 3 }] }] } },
  }
  const { code, findings } = await doctor()
  expect(findings.filter(({ status }) => status !== 'ok')).toEqual([])
  expect(findings.map(({ check }) => check)).toEqual(
    'node dataset graph_version reachable token dataset_state sources clock'.split(' '),
  )
  expect(code).toBe(0)
  const addresses = graph.seen.map((request) => request.split(' ')[0])
  expect(addresses.join()).not.toContain(TOKEN)
})

it('ends with 4 for a token that Meta refuses, and says what to do', async () => {
  graph.script = { dataset_quality: graphError(401, 190, 463) }
  const { code, statusOf, text } = await doctor()
  expect(statusOf('reachable')).toBe('fail')
  expect(text).toMatch(/expired.*new token/)
  expect(code).toBe(4)
})

it('takes a token of Events Manager, which reads the quality and nothing else, for good', async () => {
  graph.script = {
    batch: graphError(400, 100),
    node: graphError(400, 100, 33),
    stats: graphError(403, 10),
  }
  const { code, statusOf } = await doctor()
  expect([statusOf('reachable'), statusOf('dataset_state'), statusOf('sources')]).toEqual([
    'ok',
    'info',
    'info',
  ])
  expect(code).toBe(0)
})

it('asks whose the server events are, and warns of a clock that is wrong', async () => {
  graph.script = { stats: { body: { data: [{ data: [{ value: 'SERVER', count: 12 }] }] } } }
  graph.aheadMs = 3_600_000
  const { code, statusOf, text } = await doctor()
  expect(statusOf('sources')).toBe('info')
  expect(text).toContain('one-click')
  expect(statusOf('clock')).toBe('fail')
  expect(code).toBe(3)
})

it('ends with 6 where nothing answers, and asks nothing with --no-online', async () => {
  const env = { CAPI_BASE_URL: 'http://127.0.0.1:1' }
  expect((await doctor(env)).code).toBe(6)
  expect((await doctor(env, ['--no-online'])).code).toBe(0)
})

it('names what the emulator cannot know yet, and finds its dataset after the first event', async () => {
  await using emulator = await startEmulator({ port: 0 })
  const env = { CAPI_BASE_URL: emulator.url }
  expect((await doctor(env)).text).toContain('capi trigger pair')
  await fetch(`${emulator.url}/tr?id=1234567890&ev=Lead`)
  const { code, statusOf } = await doctor(env)
  expect([code, statusOf('reachable'), statusOf('token')]).toEqual([0, 'ok', 'ok'])
})

it('ends with 3 for warnings with --strict, and prints lines for a person', async () => {
  const { code, stdout } = await runCapi(['doctor', '--no-online', '--strict'], {
    cwd: import.meta.dirname,
    env: { META_PIXEL_ID: '12345', META_CAPI_ACCESS_TOKEN: TOKEN, META_API_VERSION: 'v26.0' },
  })
  expect(stdout).toMatch(
    /^warn {2}META_API_VERSION is set, and not read\. \(variables\)\n {6}Set META_GRAPH/m,
  )
  expect(code).toBe(3)
})

const META_TOKEN = `EAA${'b'.repeat(180)}`
const good = { META_PIXEL_ID: '1234567890', META_CAPI_ACCESS_TOKEN: META_TOKEN }

describe('what the variables say', () => {
  it.each([
    ['dataset', 'fail', { META_PIXEL_ID: '' }],
    ['dataset', 'fail', { META_PIXEL_ID: 'shop' }],
    ['dataset', 'warn', { META_DATASET_ID: '99999' }],
    ['dataset', 'ok', { META_PIXEL_ID: '', META_DATASET_ID: '99999' }],
    ['token', 'fail', { META_CAPI_ACCESS_TOKEN: ' ' }],
    ['token', 'fail', { META_CAPI_ACCESS_TOKEN: 'Bearer EAA1' }],
    ['token_public', 'fail', { VITE_META_TOKEN: META_TOKEN }],
    ['token_public', 'fail', { PUBLIC_THING: `EAA${'c'.repeat(60)}` }],
    ['token_public', 'fail', { NEXT_PUBLIC_FB_ACCESS_TOKEN: 'x' }],
    ['token_public', undefined, { NEXT_PUBLIC_META_PIXEL_ID: '1234567890', VITE_TITLE: 'EAA' }],
    ['variables', 'warn', { META_TEST_EVENT_CODE: '', FB_TEST_EVENT_CODE: 'TEST1' }],
    ['variables', undefined, { META_TEST_EVENT_CODE: 'TEST2', FB_TEST_EVENT_CODE: 'TEST1' }],
    ['test_code', 'fail', { NODE_ENV: 'production', META_TEST_EVENT_CODE: 'TEST1' }],
    ['test_code', undefined, { NODE_ENV: 'development', META_TEST_EVENT_CODE: 'TEST1' }],
    ['base_url', 'warn', { NODE_ENV: 'production', CAPI_BASE_URL: 'http://localhost:2274' }],
    [
      'base_url',
      'warn',
      { NODE_ENV: 'production', CAPI_BASE_URL: 'https://facebook.com.evil.example' },
    ],
    [
      'base_url',
      undefined,
      { NODE_ENV: 'production', CAPI_BASE_URL: 'https://graph.facebook.com' },
    ],
  ])('%s: %s for %j', (check, status, env) => {
    const findings = checkEnvironment({ ...good, ...env }, '22.13.0')
    expect(findings.findLast((one) => one.check === check)?.status).toBe(status)
    expect(JSON.stringify(findings)).not.toContain(META_TOKEN)
  })

  it.each([
    ['22.12.9', 'fail'],
    ['22.13.0', 'ok'],
    ['24.0.0', 'ok'],
    ['20.20.2', 'fail'],
  ])('Node.js %s: %s', (version, status) => {
    expect(checkEnvironment(good, version)[0]).toMatchObject({ check: 'node', status })
  })
})

it.each([
  ['ok', { type: 'SYSTEM_USER', is_valid: true, expires_at: 0 }, 'no end'],
  ['ok', { type: 'SYSTEM_USER', is_valid: true, expires_at: nowSec + 60 * DAY_SEC }, 'ends on'],
  ['warn', { type: 'SYSTEM_USER', is_valid: true, expires_at: nowSec + 3 * DAY_SEC }, 'seven days'],
  ['warn', { type: 'USER', is_valid: true, expires_at: 0 }, 'person'],
  ['warn', { type: 'USER', data_access_expires_at: nowSec + DAY_SEC, expires_at: 0 }, 'ends on'],
  ['fail', { type: 'USER', is_valid: false }, 'not valid'],
  ['info', {}, 'does not say'],
])('tells kind and end of a token: %s for %j', (status, data, words) => {
  const { body } = tokenAnswer(data)
  const [finding] = describeToken({ ok: true, body, dateMs: undefined }, Date.now())
  expect(finding).toMatchObject({ status, message: expect.stringContaining(words) })
})
