import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import { CALL_RULES } from '../../src/rules/call-rules.ts'
import { ROUTE_RULES } from '../../src/rules/route-rules.ts'
import { event, now, refusal, TOKEN } from '../support.ts'

interface Sent {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

const many = (length: number) => ({ data: Array.from({ length }, () => event()) })
const with_ = (fields: object) => ({ body: { data: [event()], ...fields } })
const LIMIT = 32 * 1024 * 1024

/** Sends a good call but for what is given. */
function send({ method = 'POST', path = '/v27.0/42/events', headers, body = many(1) }: Sent) {
  return createEmulator({ now }).fetch(path, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers },
    ...(method === 'POST' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
}

/** Each call that breaks a rule, beside the nearest one that keeps it. */
const CASES: readonly (readonly [
  rule: string,
  answer: { status: number; code: number; subcode?: number },
  broken: Sent,
  kept: Sent,
])[] = [
  ['token_missing', { status: 401, code: 190 }, { headers: { authorization: '' } }, {}],
  ['token_missing', { status: 401, code: 190 }, { headers: { authorization: 'Bearer ' } }, {}],
  [
    'body_too_large',
    { status: 413, code: 100 },
    { body: JSON.stringify(many(1)).padEnd(LIMIT + 1) },
    { body: JSON.stringify(many(1)).padEnd(LIMIT) },
  ],
  ['body_unreadable', { status: 400, code: 100 }, { body: '{"data": [' }, {}],
  ['body_unreadable', { status: 400, code: 100 }, { body: '[]' }, {}],
  ['body_unreadable', { status: 400, code: 100 }, { headers: { 'content-encoding': 'gzip' } }, {}],
  [
    'body_unreadable',
    { status: 400, code: 100 },
    { headers: { 'content-encoding': 'zstd' } },
    { headers: { 'content-encoding': 'identity' } },
  ],
  ['data_invalid', { status: 400, code: 100 }, { body: {} }, {}],
  ['data_invalid', { status: 400, code: 100 }, { body: { data: {} } }, {}],
  ['data_invalid', { status: 400, code: 100 }, { body: { data: [] } }, {}],
  [
    'data_invalid',
    { status: 400, code: 100 },
    { body: { data: [event(), 'x'] } },
    { body: { data: [event(), JSON.stringify(event())] } },
  ],
  ['batch_too_large', { status: 400, code: 100 }, { body: many(1001) }, { body: many(1000) }],
  [
    'partner_agent_invalid',
    { status: 400, code: 100 },
    with_({ partner_agent: 'a'.repeat(23) }),
    with_({ partner_agent: 'a'.repeat(22) }),
  ],
  [
    'partner_agent_invalid',
    { status: 400, code: 100 },
    with_({ partner_agent: 'a-1.0' }),
    with_({ partner_agent: 'ab-1.0' }),
  ],
  [
    'version_missing',
    { status: 400, code: 100 },
    { path: '/42/events' },
    { path: '/v1.0/42/events' },
  ],
  ['method_unsupported', { status: 400, code: 100, subcode: 33 }, { method: 'GET' }, {}],
  ['method_unsupported', { status: 400, code: 100, subcode: 33 }, { method: 'DELETE' }, {}],
  [
    'access_key_missing',
    { status: 401, code: 190 },
    { path: '/capi/42/events' },
    { path: '/capi/42/events', ...with_({ accessKey: 'a' }) },
  ],
  ['path_unknown', { status: 404, code: 100 }, { path: '/v27.0/42/nothing' }, {}],
]

describe('the rules about a call', () => {
  it.each(CASES)('%s refuses what breaks it (case %#)', async (rule, expected, broken) => {
    const { status, code, subcode } = expected
    const answer = await refusal(await send(broken))
    expect(answer).toMatchObject({ status, rule, error: { code } })
    expect(answer.error['error_subcode']).toBe(subcode)
    expect(answer.error['message']).toMatch(/\w{3}/)
  })

  it.each(CASES)('%s lets the nearest good call pass (case %#)', async (_rule, _e, _b, kept) => {
    expect((await send(kept)).ok).toBe(true)
  })

  it('has a pair for every rule', () => {
    const rules = [...CALL_RULES, ...Object.values(ROUTE_RULES)].map(({ id }) => id)
    expect(new Set(CASES.map(([rule]) => rule))).toEqual(new Set(rules))
  })

  it('keeps what was sent to a path without a version, refused', async () => {
    const emulator = createEmulator({ now })
    const body = JSON.stringify(many(1))
    const answer = await refusal(await emulator.fetch('/42/events', { method: 'POST', body }))
    expect(answer.error['message']).toContain('version')
    expect(emulator.events()).toMatchObject([
      { status: 'refused', error: { rule: 'version_missing' } },
    ])
  })

  it('answers an unknown path in the shape of Meta', async () => {
    const answer = await refusal(await send({ path: '/v27.0/42/nothing' }))
    expect(answer).toMatchObject({ status: 404, error: { type: 'OAuthException' } })
  })
})
