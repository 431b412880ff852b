import { fakeClock } from '@capi/testing'
import { expect, it } from 'vitest'
import { health } from '../../src/health.ts'
import { createCapi } from '../../src/index.ts'
import { memoryOutbox } from '../../src/store/memory-outbox.ts'

const SALE = { action_source: 'phone_call', user_data: { external_id: 1 } } as const
const refused = { error: { message: 'no', type: 'OAuthException', code: 190 } }

const client = (answer: () => Response, more: object = {}) =>
  createCapi({
    pixelId: '1234567890',
    accessToken: 'token',
    logger: { warn() {}, error() {} },
    batch: { maxWaitMs: 0 },
    fetch: () => Promise.resolve(answer()),
    ...more,
  })

it('is up while events leave, and while Meta has a short trouble', async () => {
  for (const answer of [
    () => Response.json({ events_received: 1 }),
    () => new Response('', { status: 503 }),
  ]) {
    const capi = client(answer)
    await capi.track('Lead', {}, SALE)
    await capi.flush({ timeoutMs: 50 })
    expect(await health(capi)).toMatchObject({ status: 'up', reasons: [] })
    await capi.close({ timeoutMs: 0 })
  }
})

it('is degraded while a pixel is paused, and says what Meta refused and what to do', async () => {
  const capi = client(() => Response.json(refused, { status: 401 }))
  await capi.track('Lead', {}, SALE)
  await capi.flush({ timeoutMs: 50 })
  const { status, reasons } = await health(capi)
  expect(status).toBe('degraded')
  expect(reasons).toMatchObject([{ code: 'paused', pixelId: '1234567890' }])
  expect(reasons[0]?.message).toMatch(/the access token is not valid.*Events wait/)
  await capi.close({ timeoutMs: 0 })
})

it('is degraded when events wait longer than maxWaitMs', async () => {
  const capi = client(() => new Response('', { status: 503 }))
  await capi.track('Lead', {}, SALE)
  await capi.flush({ timeoutMs: 50 })
  expect(await health(capi, { maxWaitMs: 0 })).toMatchObject({
    status: 'degraded',
    reasons: [{ code: 'waiting', message: expect.stringContaining('http_503') }],
  })
  await capi.close({ timeoutMs: 0 })
})

it('is degraded while the outbox is away', async () => {
  const outbox = memoryOutbox()
  const away = () => Promise.reject(new Error('away'))
  const capi = client(() => Response.json({}), { outbox: { ...outbox, counts: away } })
  expect(await health(capi)).toMatchObject({
    status: 'degraded',
    reasons: [{ code: 'outbox_away' }],
  })
  await capi.close({ timeoutMs: 0 })
})

it('is down once the client is closed', async () => {
  const capi = client(() => Response.json({}))
  await capi.close()
  expect(await health(capi)).toMatchObject({ status: 'down', reasons: [{ code: 'closed' }] })
})

it('is down when the client does not answer in time, or rejects', async () => {
  const clock = fakeClock()
  const asked = health({ stats: () => new Promise(() => {}) }, { timeoutMs: 500, clock })
  await clock.advance(500)
  expect(await asked).toMatchObject({ status: 'down', reasons: [{ code: 'no_answer' }] })
  const rejecting = { stats: () => Promise.reject(new Error('odd')) }
  expect(await health(rejecting)).toMatchObject({
    status: 'down',
    reasons: [{ code: 'no_answer' }],
  })
})

it.each([{ maxWaitMs: -1 }, { timeoutMs: Number.NaN }])('refuses %j', async (options) => {
  await expect(
    health(
      client(() => Response.json({})),
      options,
    ),
  ).rejects.toMatchObject({
    code: 'config_invalid',
  })
})
