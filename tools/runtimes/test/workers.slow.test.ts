import { type RunningEmulator, startEmulator } from '@capi/emulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { snippet } from '../src/readme-snippet.ts'
import { type RunningWorker, type Source, startWorker } from '../src/start-worker.ts'

const README = 'packages/core/README.md'
const documented = { code: snippet(README, 'waitUntil(capi.close())') }
let emulator: RunningEmulator

beforeEach(async () => {
  emulator = await startEmulator({ port: 0 })
})

afterEach(() => emulator.close())

/** Many requests at once. @returns the answers' status codes, without repeats */
async function ask(worker: RunningWorker, count: number, path = '/'): Promise<readonly number[]> {
  const answers = await Promise.all(Array.from({ length: count }, () => worker.fetch(path)))
  return [...new Set(answers.map(({ status }) => status))]
}

async function json(worker: RunningWorker, path: string): Promise<Record<string, unknown>> {
  const { status, text } = await worker.fetch(path)
  expect(status, text).toBe(200)
  return JSON.parse(text)
}

const taken = () => emulator.events({ status: 'processed' }).length

it('is the same snippet in the guide', () => {
  const guide = snippet('apps/docs/content/guides/any-server.md', 'waitUntil(capi.close())')
  expect(guide).toBe(documented.code)
})

describe.each([
  ['without nodejs_compat', false],
  ['with nodejs_compat', true],
])('on workerd %s', (_name, nodejsCompat) => {
  const start = (source: Source, compatibilityDate?: string) =>
    startWorker(source, {
      nodejsCompat,
      ...(compatibilityDate !== undefined && { compatibilityDate }),
      bindings: {
        META_PIXEL_ID: '1234567890',
        META_CAPI_ACCESS_TOKEN: 'token',
        CAPI_BASE_URL: emulator.url,
      },
    })

  describe('a client for each request, as the README shows it', () => {
    it('delivers the events of 40 requests at once', async () => {
      await using worker = await start(documented)
      expect(await ask(worker, 40)).toEqual([200])
      await expect.poll(taken, { timeout: 20_000 }).toBe(40)
      expect(worker.logged).toEqual([])
      const [event] = emulator.events()
      expect(event?.payload).toMatchObject({
        event_source_url: 'https://shop.example/',
        user_data: { client_user_agent: 'UA/1', client_ip_address: '81.6.1.2' },
      })
    })

    it('delivers the events of 30 requests when Meta takes 400 ms to answer', async () => {
      emulator.fail({ action: { type: 'latency', ms: 400 } })
      await using worker = await start(documented)
      expect(await ask(worker, 30)).toEqual([200])
      await expect.poll(taken, { timeout: 20_000 }).toBe(30)
      expect(worker.logged).toEqual([])
    })

    it('delivers the events of 40 requests when Meta answers three of them with 503', async () => {
      emulator.fail({ preset: 'outage', times: 3 })
      await using worker = await start(documented)
      expect(await ask(worker, 40)).toEqual([200])
      await expect.poll(taken, { timeout: 20_000 }).toBe(40)
      expect(emulator.events({ status: 'faulted' })).toHaveLength(3)
    })
  })

  describe('one client for all requests', () => {
    const shared = { file: 'shared-client.ts' }

    it.each(['2024-01-01', '2026-07-30'])(
      'fails no request, counts what is lost and logs once what to do (compatibility date %s)',
      async (compatibilityDate) => {
        await using worker = await start(shared, compatibilityDate)
        expect(await json(worker, '/track')).toMatchObject({ outcome: 'accepted' })
        await expect.poll(taken).toBe(1)
        expect(await ask(worker, 20, '/track')).toEqual([200])
        expect(await json(worker, '/track')).toMatchObject({ reason: 'wrong_request' })
        const stats = await json(worker, '/stats')
        expect(stats).toMatchObject({ tracked: 22, delivered: 1, queued: 0 })
        expect(stats).toMatchObject({ dropped: { wrong_request: 21 } })
        expect(stats['drops']).toEqual(Array(21).fill('wrong_request'))
        expect(worker.logged).toEqual([
          expect.stringMatching(/wrong_request .*createCapi\(optionsFromEnv\(env\)\) inside each/),
        ])
        expect(taken()).toBe(1)
      },
    )

    it('belongs to the first request that uses it, not to the one that made it', async () => {
      await using worker = await start(shared)
      await worker.fetch('/create')
      expect(await json(worker, '/track')).toMatchObject({ outcome: 'accepted' })
      await expect.poll(taken).toBe(1)
      expect(await json(worker, '/track')).toMatchObject({ reason: 'wrong_request' })
    })

    it('answers flush and close of another request at once', async () => {
      await using worker = await start(shared)
      await worker.fetch('/track')
      await expect.poll(taken).toBe(1)
      const nothing = { delivered: 0, dropped: 0, queued: 0 }
      expect(await json(worker, '/flush')).toEqual(nothing)
      expect(await json(worker, '/close')).toEqual(nothing)
      expect(worker.logged).toEqual([])
    })

    it('sends from every request: send needs nothing of another one', async () => {
      await using worker = await start(shared)
      for (let i = 0; i < 3; i++)
        expect(await json(worker, '/send')).toMatchObject({ events_received: 1 })
      expect(taken()).toBe(3)
      await worker.fetch('/send-with-signal')
      expect(await json(worker, '/send-with-signal')).toBe('config_invalid')
    })
  })

  it('drops what is tracked while the module loads, and still serves requests', async () => {
    await using worker = await start({ file: 'outside-of-requests.ts' })
    expect(await json(worker, '/')).toMatchObject({
      receipt: { outcome: 'dropped', reason: 'wrong_request', event_id: expect.any(String) },
      sent: 'network_error',
      flushed: { delivered: 0, dropped: 0 },
      hash: '6915771be1c5aa0c886870b6951b03d7eafc121fea0e80a5ea83beb7c449f4ec',
      stats: { tracked: 2, queued: 0, dropped: { wrong_request: 1, undelivered: 1 } },
    })
  })
})
