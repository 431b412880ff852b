import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import '../src/vitest.ts'
import { isConnected } from '../src/connect/connected-emulator.ts'
import {
  type CapiMatchers,
  type ConnectedEmulator,
  connectEmulator,
  type RunningEmulator,
  startEmulator,
} from '../src/index.ts'
import { refusal } from './refusal.ts'
import { HASH } from './support.ts'

let shared: RunningEmulator
beforeAll(async () => {
  shared = await startEmulator({ port: 0 })
})
afterAll(() => shared.close())

/** A dataset that no other test of this file has. */
let datasets = 1000
const connect = (options: { readonly timeoutMs?: number } = {}) =>
  connectEmulator(shared.url, { pixelId: `${++datasets}`, ...options })

const pixel = ({ url, pixelId = '1' }: ConnectedEmulator, query: string) =>
  fetch(`${url}/tr?id=${pixelId}&${query}`)

const server = ({ url, pixelId }: ConnectedEmulator, changes: object) =>
  fetch(`${url}/v27.0/${pixelId}/events`, {
    method: 'POST',
    headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
    body: JSON.stringify({
      data: [
        {
          event_name: 'Lead',
          event_time: Math.floor(Date.now() / 1000),
          action_source: 'website',
          user_data: { em: HASH },
          ...changes,
        },
      ],
    }),
  })

describe('a connected emulator', () => {
  it('has the words of one in this process', async () => {
    const emulator = connect()
    const { pixelId } = emulator
    expect(emulator.options).toEqual({ pixelId, accessToken: 'emulator', baseUrl: shared.url })
    await pixel(emulator, 'ev=Lead&eid=a')
    await server(emulator, { event_id: 'a' })
    const dataset = { pixel_id: pixelId }
    const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
    expect(await emulator.events()).toEqual(plain(shared.events(dataset)))
    expect(await emulator.calls()).toEqual(plain(shared.calls(dataset)))
    expect(await emulator.pairs()).toEqual(plain(shared.pairs(dataset)))
    expect(await emulator.quality()).toEqual(plain(shared.quality(dataset)))
    expect(await emulator.diagnostics()).toEqual(plain(shared.diagnostics(dataset)))
    expect(await emulator.diagnostics({ severity: 'low' })).toEqual(
      plain(shared.diagnostics({ ...dataset, severity: 'low' })),
    )
    const text = await emulator.exportEvents()
    expect(text).toBe(shared.exportEvents(dataset))
    await emulator.clear()
    expect(await emulator.events()).toEqual([])
    expect(await emulator.importEvents(`${text}nonsense\n`)).toEqual({ imported: 2, refused: 1 })
    expect(await emulator.events({ source: 'server', user_data: { em: HASH } })).toHaveLength(1)
  })

  it('shares the emulator with others, and disturbs none', async () => {
    const [one, other] = [connect(), connect()]
    await Promise.all([pixel(one, 'ev=Lead'), pixel(other, 'ev=Lead')])
    const end = await one.fail({ preset: 'outage' })
    await other.fail({ preset: 'blocked' })
    expect((await server(one, {})).status).toBe(503)
    expect((await server(other, {})).status).toBe(400)
    expect((await one.faults.list()).map(({ preset }) => preset)).toEqual(['outage'])
    await end()
    await end()
    await one.clear()
    expect(await one.faults.list()).toEqual([])
    expect([(await one.events()).length, (await other.events()).length]).toEqual([0, 2])
    await other.faults.clear()
    expect((await server(other, {})).status).toBe(200)
    await expect(one.fail({ preset: 'outage', match: { pixel_id: '1' } })).rejects.toThrow(
      refusal('fault_invalid', /another dataset/),
    )
  })

  it('sees all datasets when it is given none', async () => {
    const [one, all] = [connect(), connectEmulator(new URL(`${shared.url}/`))]
    await pixel(one, 'ev=Seen')
    expect(all.url).toBe(shared.url)
    expect((await all.events({ event_name: 'Seen' })).map(({ pixel_id }) => pixel_id)).toEqual([
      one.pixelId,
    ])
  })

  it('moves the clock that all share', async () => {
    const emulator = connect()
    await emulator.advance('8d')
    expect((await server(emulator, {})).status).toBe(400)
    await emulator.setNow()
    expect((await server(emulator, {})).status).toBe(200)
    await expect(emulator.setNow(Number.NaN)).rejects.toThrow(refusal('time_invalid'))
    await expect(emulator.advance('soon')).rejects.toThrow(refusal('time_invalid'))
  })

  it('waits for a part, for a matcher of the test, and for what comes after', async () => {
    const emulator = connect()
    const waiting = emulator.waitForEvent({
      custom_data: { value: expect.any(Number), tags: ['x'] },
    })
    await pixel(emulator, 'ev=Purchase&cd[value]=12&cd[tags]=x')
    await server(emulator, { custom_data: { value: 12, currency: 'EUR', tags: ['x'] } })
    const found = await waiting
    expect(found).toMatchObject({ source: 'server', payload: { custom_data: { value: 12 } } })
    const none = emulator.waitForEvent(
      { custom_data: { value: 12 } },
      { after: found.id, timeoutMs: 5 },
    )
    await expect(none).rejects.toThrow(
      refusal(
        'event_not_received',
        /^No event matched \{"custom_data":\{"value":12\}\} within 5 ms\./,
      ),
    )
  })

  it('refuses what it does not know before anything is asked', async () => {
    const emulator = connect()
    const wrong = { event_nam: 'x' } as object
    for (const call of [emulator.events, emulator.waitForEvent, emulator.clear, emulator.calls]) {
      await expect((async () => await call(wrong))()).rejects.toThrow(
        refusal('option_invalid', /has no key "event_nam"/),
      )
    }
    await expect(emulator.fail({ preset: 'outag' as never })).rejects.toThrow(
      refusal('fault_invalid'),
    )
    await expect(emulator.importEvents(7 as never)).rejects.toThrow(refusal('option_invalid'))
  })

  it.each([undefined, '', 'localhost:2274', 'ftp://127.0.0.1', '/x'])('needs a URL: %j', (url) => {
    expect(() => connectEmulator(url as string)).toThrow(
      refusal('option_invalid', /needs the address of an emulator/),
    )
  })

  it('says that none answers, or something else', async () => {
    const other = createServer((_request, response) => response.writeHead(200).end('hello'))
    const missing = createServer((_request, response) => response.writeHead(404).end('<h1>no</h1>'))
    for (const one of [other, missing]) {
      await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve))
    }
    const urls = [other, missing].map(
      (one) => `http://127.0.0.1:${(one.address() as AddressInfo).port}`,
    )
    for (const url of urls) {
      await expect(connectEmulator(url).events()).rejects.toThrow(
        refusal('not_an_emulator', /is not an emulator/),
      )
    }
    other.close()
    missing.close()
    await expect(connectEmulator(urls[0] ?? '').clear()).rejects.toThrow(
      refusal(
        'emulator_unreachable',
        /^No emulator answers at http:\/\/127\.0\.0\.1:\d+\. Start it/,
      ),
    )
  })
})

/** Vitest's types cannot tell that these matchers give promises. */
const expectOf = (emulator: ConnectedEmulator) =>
  expect(emulator) as unknown as CapiMatchers<Promise<void>> & {
    readonly not: CapiMatchers<Promise<void>>
  }

describe('matchers on a connected emulator', () => {
  it('wait for what is still to come', async () => {
    const emulator = connect()
    const received = expectOf(emulator).toHaveReceived('Lead', { event_id: 'a' })
    const paired = expectOf(emulator).toHaveDeduplicated('a')
    await pixel(emulator, 'ev=PageView')
    await pixel(emulator, 'ev=Lead&eid=a')
    await received
    await server(emulator, { event_id: 'a' })
    await paired
    await expectOf(emulator).toHaveReceivedOnce('Lead')
    await expectOf(emulator).not.toHaveReceived('Purchase')
    await expectOf(emulator).not.toHaveDeduplicated('b')
  })

  it('fail with what did arrive, once time is up', async () => {
    const emulator = connect({ timeoutMs: 20 })
    const failing = async () => expectOf(emulator).toHaveReceived('Purchase')
    await expect(failing()).rejects.toThrow(/Nothing arrived\.$/)
    await fetch(`${shared.url}/v27.0/${emulator.pixelId}/events`, { method: 'POST', body: '{' })
    await fetch(`${shared.url}/v27.0/oops`, { method: 'POST', body: '{}' })
    await fetch(`${shared.url}/v27.0/77/events`, { method: 'POST', body: '{' })
    // One of its own, and one whose path names no dataset.
    await expect(failing()).rejects.toThrow(/No event arrived; 2 calls were refused: /)
    await pixel(emulator, 'ev=Purchase&cd[currency]=EUR')
    const clean = async () => expectOf(emulator).toHaveNoDiagnostics({ severity: 'high' })
    await expect(clean()).rejects.toThrow(/high {2}purchase_value_invalid/)
    await emulator.clear()
    await clean()
  })

  it('give up at once on what more events cannot change', async () => {
    const emulator = connect({ timeoutMs: 60_000 })
    await pixel(emulator, 'ev=Lead&eid=a')
    await pixel(emulator, 'ev=Lead&eid=b')
    const once = async () => expectOf(emulator).toHaveReceivedOnce('Lead')
    await expect(once()).rejects.toThrow(/Meta would count 2/)
  })

  it('reject where the emulator is gone', async () => {
    const own = await startEmulator({ port: 0 })
    const emulator = connectEmulator(own.url)
    await own.close()
    const asked = async () => expectOf(emulator).toHaveReceived('Lead')
    await expect(asked()).rejects.toThrow(refusal('emulator_unreachable'))
  })

  it('know it by its brand', () => {
    expect([isConnected(connect()), isConnected(shared), isConnected(null)]).toEqual([
      true,
      false,
      false,
    ])
  })
})
