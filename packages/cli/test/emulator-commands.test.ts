import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmulator } from '@capi/emulator'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { runCapi, startCapi } from './run-capi.ts'

const TOKEN = 'EAAB-send-token-of-nobody'

let emulator: Awaited<ReturnType<typeof startEmulator>>
beforeAll(async () => {
  emulator = await startEmulator({ port: 0 })
})
afterAll(() => emulator.close())
beforeEach(() => emulator.clear())

const capi = (...args: readonly string[]) =>
  runCapi(args, {
    cwd: tmpdir(),
    env: {
      META_PIXEL_ID: '1234567890',
      META_CAPI_ACCESS_TOKEN: TOKEN,
      CAPI_BASE_URL: emulator.url,
    },
  })

const LEAD = ['Lead', '--set', 'user_data.em=anna@example.com'] as const

it('sends one event, hashed, and prints what became of it', async () => {
  const { code, stdout, stderr } = await capi(
    'send',
    ...LEAD,
    '--set',
    'event_id=lead.7',
    '--set',
    'custom_data.value=12.5',
    '--set',
    'custom_data.currency=EUR',
    '--test-event-code',
    'TEST1',
  )
  expect(stdout).toBe('delivered lead.7\n')
  expect(stderr).toMatch(/Dataset 1234567890 received 1, fbtrace_id \w/)
  expect(code).toBe(0)
  expect(emulator.events()).toMatchObject([
    { event_name: 'Lead', test_event_code: 'TEST1', payload: { custom_data: { value: 12.5 } } },
  ])
  expect(JSON.stringify(emulator.events())).not.toContain('anna@')
})

it.each([
  ['neither a code nor --live', []],
  ['both', ['--live', '--test-event-code', 'T']],
])('sends nothing to Meta with %s', async (_, flags) => {
  const { code, stderr, stdout } = await capi(
    'send',
    ...LEAD,
    '--base-url',
    'https://meta.example',
    ...flags,
  )
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('--live')
})

it('sends a file, and ends with 5 where only a part of it was sent', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'capi-send-'))
  const event = (id: string, user_data: object) => ({
    event_name: 'Lead',
    event_id: id,
    action_source: 'chat',
    user_data,
  })
  const path = join(folder, 'events.json')
  writeFileSync(path, JSON.stringify([event('a', { em: 'a@b.ch' }), event('b', {})]))
  const { code, stdout, stderr } = await capi('send', '--file', path, '--json')
  expect(JSON.parse(stdout)).toMatchObject({
    events_received: 1,
    receipts: [{ outcome: 'delivered' }, { outcome: 'dropped', reason: 'invalid' }],
  })
  expect(stderr).toMatch(/data\[1\] customer_information_missing/)
  expect(code).toBe(5)
})

it('prints what would be sent, as JSON or curl, without the token', async () => {
  const { code, stdout } = await capi('send', ...LEAD, '--print', 'curl')
  expect(stdout).toMatch(
    /^curl "http:.*\/v27\.0\/1234567890\/events" \\\n {2}-H "Authorization: Bearer \$META_CAPI_ACCESS_TOKEN"/,
  )
  expect(stdout).not.toContain(TOKEN)
  expect(code).toBe(0)
  const dry = await capi('send', ...LEAD, '--dry-run', '--live')
  expect(JSON.parse(dry.stdout).data[0]).toMatchObject({
    event_name: 'Lead',
    action_source: 'other',
  })
  expect(emulator.events()).toEqual([])
})

it.each([
  ['an event that Meta would refuse', ['send', 'Lead'], 3, /customer_information_missing/],
  ['no event', ['send'], 2, /Name one event/],
  ['an assignment without =', ['send', 'Lead', '--set', 'em'], 2, /path, =, and a value/],
  [
    'another address without TLS',
    ['send', ...LEAD, '--live', '--base-url', 'http://meta.example'],
    4,
    /https/,
  ],
])('ends with a clear error for %s', async (_, args, exit, words) => {
  const { code, stderr } = await capi(...args)
  expect(stderr).toMatch(words)
  expect(code).toBe(exit)
})

it('ends with 4 without a token, and with 6 where nothing answers', async () => {
  const env = { META_PIXEL_ID: '1234567890', CAPI_BASE_URL: 'http://127.0.0.1:1' }
  expect((await runCapi(['send', ...LEAD], { cwd: tmpdir(), env })).code).toBe(4)
  const { code, stderr } = await runCapi(['send', ...LEAD], {
    cwd: tmpdir(),
    env: { ...env, META_CAPI_ACCESS_TOKEN: TOKEN },
  })
  expect(stderr).toMatch(/got no answer.*network_error/)
  expect(code).toBe(6)
})

it('triggers a pair that is counted once, with changes of one’s own, which tail prints as it comes', async () => {
  const tail = startCapi(['tail', '--max', '2', '--base-url', emulator.url], { cwd: tmpdir() })
  const closed = once(tail, 'close')
  let stdout = ''
  tail.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  await once(tail.stderr, 'data')
  const { code } = await capi('trigger', 'pair', '--set', 'custom_data.value=99')
  expect(code).toBe(0)
  const [pair] = emulator.pairs().pairs
  expect(pair).toBeDefined()
  expect(emulator.events({ source: 'server' })[0]?.payload['custom_data']).toMatchObject({
    value: 99,
  })
  expect(await closed).toEqual([0, null])
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(
      /^[\d:.]{12} {2}browser {2}processed {5}Purchase {2}purchase\.\w+ {2}49\.9 EUR/,
    ),
    expect.stringMatching(
      /^[\d:.]{12} {2}server {3}deduplicated {2}Purchase {2}purchase\.\w+ {2}99 EUR/,
    ),
    '',
  ])
  expect(stdout).not.toMatch(/anna|[0-9a-f]{64}/i)
})

it('triggers a funnel whose events all pair, none with a severe finding', async () => {
  await capi('trigger', 'funnel')
  expect(emulator.pairs().pairs).toHaveLength(5)
  expect(emulator.diagnostics({ severity: 'high' })).toEqual([])
})

it('ends with 6 where no emulator answers: made-up people never reach Meta', async () => {
  const { code, stderr } = await capi('trigger', 'lead', '--base-url', 'http://127.0.0.1:1')
  expect(stderr).toContain('capi emulator')
  expect(code).toBe(6)
})

it('starts the emulator with its own options, and ends with what exec ran', async () => {
  const script = 'console.log(process.env.CAPI_BASE_URL); process.exit(7)'
  const { code, stdout } = await capi(
    'emulator',
    'exec',
    '--port',
    '0',
    '--',
    process.execPath,
    '-e',
    script,
  )
  expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/)
  expect(code).toBe(7)
})
