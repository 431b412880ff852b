import { type RunningEmulator, startEmulator } from '@capi/emulator'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type RunningWorker, startWorker, type WorkerOptions } from '../src/start-worker.ts'

const SHOP = { file: 'hono-shop.ts' }
let emulator: RunningEmulator

beforeEach(async () => {
  emulator = await startEmulator({ port: 0 })
})

afterEach(() => emulator.close())

const start = (more: WorkerOptions = {}) =>
  startWorker(SHOP, {
    ...more,
    bindings: {
      META_PIXEL_ID: '1234567890',
      META_CAPI_ACCESS_TOKEN: 'token',
      CAPI_BASE_URL: emulator.url,
      ...more.bindings,
    },
  })

const ids = () => emulator.events({ status: 'processed' }).map(({ payload }) => payload['event_id'])

/** Many orders at once. @returns the answers, without repeats */
async function order(worker: RunningWorker, count: number): Promise<readonly string[]> {
  const answers = await Promise.all(
    Array.from({ length: count }, (_, id) => worker.fetch(`/order/${id}`)),
  )
  return [...new Set(answers.map(({ status, text }) => `${status} ${text}`))]
}

/** Every order once, and nothing else. */
async function expectOnce(count: number): Promise<void> {
  await expect.poll(() => ids().length, { timeout: 40_000 }).toBe(count)
  expect(new Set(ids()).size).toBe(count)
}

const ACCEPTED = ['200 {"outcome":"accepted"}']

it('delivers the orders of 200 requests at once', async () => {
  await using worker = await start()
  expect(await order(worker, 200)).toEqual(ACCEPTED)
  await expectOnce(200)
  expect(worker.logged).toEqual([])
  expect(emulator.events()[0]?.payload).toMatchObject({
    user_data: { client_user_agent: 'UA/1', client_ip_address: '81.6.1.2' },
  })
})

it('answers 200 requests at once, and delivers, when Meta takes a second', async () => {
  emulator.fail({ action: { type: 'latency', ms: 1_000 } })
  await using worker = await start()
  expect(await order(worker, 200)).toEqual(ACCEPTED)
  await expectOnce(200)
  expect(worker.logged).toEqual([])
})

it('answers 200 requests at once, and delivers, when Meta fails fifty times', async () => {
  emulator.fail({ preset: 'outage', times: 50 })
  await using worker = await start()
  expect(await order(worker, 200)).toEqual(ACCEPTED)
  await expectOnce(200)
})

it('puts the orders on a queue, and delivers each once through two failures of Meta', async () => {
  emulator.fail({ preset: 'outage', times: 2 })
  await using worker = await start({ queue: 'EVENTS' })
  expect(await order(worker, 30)).toEqual(ACCEPTED)
  await expectOnce(30)
  expect(emulator.events({ status: 'faulted' }).length).toBeGreaterThan(0)
})

it('delivers what is tracked when the response is gone', async () => {
  await using worker = await start()
  await worker.fetch('/late/1')
  await expect.poll(ids, { timeout: 15_000 }).toEqual(['late.1'])
})

it('reports a missing and an unbound waitUntil once, and answers', async () => {
  await using worker = await start()
  for (const path of ['/no-context', '/unbound'])
    for (const id of [1, 2]) expect((await worker.fetch(`${path}?id=${id}`)).status).toBe(200)
  expect(worker.logged).toEqual([
    expect.stringMatching(/^@capi\/web: .*waitUntil.*\(wait_until_missing\)\.$/),
    expect.stringMatching(/^@capi\/web: .*waitUntil.*\(wait_until_threw\)\.$/),
  ])
})

it('answers, drops and says why, when a variable is malformed or missing', async () => {
  await using malformed = await start({ bindings: { META_PIXEL_ID: 'my pixel' } })
  expect(await order(malformed, 3)).toEqual(['200 {"outcome":"dropped"}'])
  expect(malformed.logged).toEqual([expect.stringMatching(/pixelId.*\(config_invalid\)/)])
  await using missing = await start({ bindings: { META_CAPI_ACCESS_TOKEN: '' } })
  expect(await order(missing, 3)).toEqual(['200 {"outcome":"dropped"}'])
  expect(missing.logged[0]).toMatch(/accessToken|token/)
  // Each line once, although each request has a client.
  expect(missing.logged).toEqual([...new Set(missing.logged)])
})

it('has no client outside of requests, and takes none', async () => {
  await using worker = await start()
  expect(await worker.fetch('/client')).toMatchObject({
    status: 500,
    text: expect.stringContaining('each request has its own'),
  })
  await using given = await startWorker({ file: 'given-client.ts' }).catch((error) => ({
    logged: [String(error)],
    async [Symbol.asyncDispose]() {},
  }))
  expect(given.logged.join()).toContain('Option client cannot be used')
})
