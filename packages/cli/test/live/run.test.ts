import { createEmulator, type FaultRule, startEmulator } from '@capi/emulator'
import { expect, it } from 'vitest'
import { runLive } from '../../src/live/run.ts'

const TOKEN = 'EAAsecretTokenOfNobody'
const ENV = {
  META_PIXEL_ID: '1234567890123456',
  META_CAPI_ACCESS_TOKEN: TOKEN,
  META_TEST_EVENT_CODE: 'TEST12345',
}
/** What of the samples' person must not be printed. */
const PERSONAL = ['test@example.com', '2025550143', 'Mozilla', 'capi-smoke-test']

const PLACES = [
  'website',
  'app',
  'physical_store',
  'phone_call',
  'chat',
  'email',
  'system_generated',
  'other',
  'messenger',
  'whatsapp',
  'instagram',
]

interface Request {
  readonly url: string
  readonly authorization: string | null
  readonly body: string
}

/** Runs it over loopback against a second emulator that stands in for Meta. */
async function run({
  env = ENV,
  fault,
}: {
  readonly env?: Readonly<Record<string, string>>
  readonly fault?: FaultRule
}) {
  await using meta = await startEmulator({ port: 0 })
  await using emulator = createEmulator()
  if (fault !== undefined) meta.fail(fault)
  const requests: Request[] = []
  const lines: string[] = []
  const exit = await runLive({
    env: { ...env, CAPI_BASE_URL: meta.url },
    fetch: (url, init) => {
      const authorization = new Headers(init.headers).get('authorization')
      const body = typeof init.body === 'string' ? init.body : ''
      requests.push({ url, authorization, body })
      return fetch(url, init)
    },
    emulate: emulator.fetch,
    print: (line) => lines.push(line),
    nowMs: Date.now(),
  })
  return { exit, requests, printed: lines.join('\n'), taken: meta.events() }
}

it.each(Object.keys(ENV))(
  'sends nothing without %s, and says what is missing',
  async (variable) => {
    const { exit, requests, printed } = await run({ env: { ...ENV, [variable]: ' ' } })
    expect(requests).toEqual([])
    expect(exit).toBe('access')
    expect(printed).toContain(variable)
    expect(printed).not.toContain(TOKEN)
  },
)

it('sends nothing from CI', async () => {
  const { exit, requests } = await run({ env: { ...ENV, CI: 'true' } })
  expect(requests).toEqual([])
  expect(exit).toBe('access')
})

it('sends no token in the clear to another machine', async () => {
  const lines: string[] = []
  const exit = await runLive({
    env: { ...ENV, CAPI_BASE_URL: 'http://graph.example' },
    fetch: () => Promise.reject(new Error('must not be called')),
    emulate: () => Promise.reject(new Error('must not be called')),
    print: (line) => lines.push(line),
    nowMs: Date.now(),
  })
  expect(exit).toBe('access')
  expect(lines).toEqual(['CAPI_BASE_URL must be https, or http on this machine.'])
})

it('sends every family and standard event once, each with the test code, the token in the header alone', async () => {
  const { requests, taken } = await run({})
  for (const { url, authorization, body } of requests) {
    expect(authorization).toBe(`Bearer ${TOKEN}`)
    expect(url + body).not.toContain(TOKEN)
    if (body !== '') expect(JSON.parse(body)).toMatchObject({ test_event_code: 'TEST12345' })
  }
  // The one body that is no text is the gzipped one.
  expect(requests.filter(({ body }) => body === '')).toHaveLength(1)
  expect(taken.map((event) => event.test_event_code)).toEqual(taken.map(() => 'TEST12345'))
  const places = taken.map(
    ({ payload }) => payload['messaging_channel'] ?? payload['action_source'],
  )
  expect(new Set(places)).toEqual(new Set(PLACES))
})

it('prints both answers to each call, and no difference between two that are alike', async () => {
  const { exit, printed } = await run({})
  expect(printed).toMatch(
    /^ {2}website\n {4}Meta {6}200 {2}received 1 {2}fbtrace_id \S+\n {4}emulator {2}200 {2}received 1/m,
  )
  expect(printed).toMatch(/one too old\n {4}Meta {6}400 {2}error 100\/2804003 {2}blames data\[3\]/)
  expect(printed).toMatch(/^E4 .*\n {4}yes$/m)
  expect(printed.endsWith('No difference.')).toBe(true)
  expect(exit).toBe('ok')
})

it('names the calls that Meta answers otherwise', async () => {
  const { exit, printed } = await run({
    fault: {
      match: { event_name: 'Subscribe' },
      action: { type: 'error', status: 400, code: 100, error_subcode: 2804009 },
    },
  })
  expect(exit).toBe('gate')
  expect(printed).toMatch(/1 of \d+ answers differ:/)
  expect(printed).toContain('website Subscribe: status: Meta 400, emulator 200')
})

it('prints neither the token nor anything of a person, whatever is answered', async () => {
  const { printed } = await run({
    fault: { match: { event_name: 'Subscribe' }, preset: 'permission' },
  })
  for (const secret of [TOKEN, ...PERSONAL]) expect(printed).not.toContain(secret)
  expect(printed).not.toMatch(/[0-9a-f]{64}/)
})

it('stops after the first call where the token is not known', async () => {
  const { exit, requests, printed } = await run({ fault: { preset: 'token-expired' } })
  expect(requests).toHaveLength(1)
  expect(printed).toContain('Stopped')
  expect(exit).toBe('access')
})
