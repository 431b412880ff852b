import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createClock } from '../../src/clock.ts'
import { controlRoutes } from '../../src/control/control-routes.ts'
import { createFaultStore } from '../../src/faults/fault-store.ts'
import { createEmulator } from '../../src/index.ts'
import { createEventStore } from '../../src/store/event-store.ts'
import { event, now, post } from '../support.ts'

type Json = Record<string, unknown>

const json = async (response: Response) => (await response.json()) as Json

const put = (body: unknown): RequestInit => ({ method: 'PUT', body: JSON.stringify(body) })

describe('the control API', () => {
  it('answers what the functions answer', async () => {
    const emulator = createEmulator({ now })
    await emulator.fetch('/tr?id=42&ev=PageView&eid=a')
    await post(emulator, { data: [event({ event_id: 'a' })] })
    const get = async (path: string) => json(await emulator.fetch(path))
    const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
    expect(await get('/__capi/pairs')).toEqual(plain(emulator.pairs()))
    expect(await get('/__capi/quality')).toEqual({ quality: plain(emulator.quality()) })
    expect(await get('/__capi/diagnostics')).toEqual({ diagnostics: plain(emulator.diagnostics()) })
    expect(await get('/__capi/diagnostics?severity=high')).toEqual({
      diagnostics: plain(emulator.diagnostics({ severity: 'high' })),
    })
    expect((await emulator.fetch('/__capi/diagnostics?severity=H')).status).toBe(400)
  })

  it('waits for an event, and reports the nearest when none comes', async () => {
    const emulator = createEmulator({ now })
    const waiting = emulator.fetch('/__capi/wait?event_name=Lead&timeoutMs=1000')
    await emulator.fetch('/tr?id=7&ev=Lead')
    expect(await json(await waiting)).toMatchObject({ id: 1 })
    const late = await emulator.fetch('/__capi/wait?event_name=Lead&event_id=x&timeoutMs=1')
    expect(late.status).toBe(408)
    expect(JSON.stringify(await late.json())).toContain('event_id: wanted')
    expect((await emulator.fetch('/__capi/wait?timeoutMs=soon')).status).toBe(400)
  })

  it('sets, shows and takes away faults', async () => {
    const emulator = createEmulator({ now })
    const faults = { faults: [{ preset: 'outage', times: 1 }] }
    expect(await json(await emulator.fetch('/__capi/faults', put(faults)))).toMatchObject({
      faults: [{ preset: 'outage', hits: 0 }],
    })
    expect((await post(emulator, { data: [event()] })).status).toBeGreaterThanOrEqual(500)
    expect((await post(emulator, { data: [event()] })).status).toBe(200)
    expect(await json(await emulator.fetch('/__capi/faults'))).toMatchObject({
      faults: [{ hits: 1 }],
    })
    for (const bad of [{ faults: [{ preset: 'x' }] }, {}, 'x', null]) {
      expect((await emulator.fetch('/__capi/faults', put(bad))).status).toBe(400)
    }
    expect((await emulator.fetch('/__capi/faults', { method: 'DELETE' })).status).toBe(204)
    expect(await json(await emulator.fetch('/__capi/faults'))).toEqual({ faults: [] })
  })

  it('stops the clock and lets it run', async () => {
    const emulator = createEmulator({ now })
    const set = await emulator.fetch('/__capi/clock', put({ now: '2026-01-01T00:00:00Z' }))
    expect(await json(set)).toEqual({
      now: '2026-01-01T00:00:00.000Z',
      is_stopped: true,
      ahead_ms: Date.UTC(2026, 0, 1) - now(),
    })
    await emulator.fetch('/tr?id=7&ev=Lead')
    expect(emulator.events()[0]?.received_at).toBe(Date.UTC(2026, 0, 1))
    const run = await emulator.fetch('/__capi/clock', put({ now: null }))
    const right = { now: new Date(now()).toISOString(), is_stopped: false, ahead_ms: 0 }
    expect(await json(run)).toEqual(right)
    const ahead = await emulator.fetch('/__capi/clock', put({ advance: '+8d' }))
    const later = { ahead_ms: 691_200_000, now: new Date(now() + 691_200_000).toISOString() }
    expect(await json(ahead)).toEqual({ ...right, ...later })
    for (const bad of [
      {},
      { now: 'soon' },
      { now: [] },
      { now: null, advance: '1d' },
      { advance: null },
      { advance: '-1d' },
      'x',
      7,
    ]) {
      expect((await emulator.fetch('/__capi/clock', put(bad))).status).toBe(400)
    }
  })

  it('exports and imports', async () => {
    const emulator = createEmulator({ now })
    await emulator.fetch('/tr?id=7&ev=Lead')
    const exported = await emulator.fetch('/__capi/export.ndjson')
    expect(exported.headers.get('content-type')).toMatch(/^application\/x-ndjson/)
    const body = `${await exported.text()}nonsense\n`
    const imported = await emulator.fetch('/__capi/import', { method: 'POST', body })
    expect(await json(imported)).toEqual({ imported: 1, refused: 1 })
    expect(emulator.events()).toHaveLength(2)
  })
})

describe('another origin', () => {
  const writes = [
    ['DELETE', '/__capi/events'],
    ['POST', '/__capi/import'],
    ['PUT', '/__capi/faults'],
    ['DELETE', '/__capi/faults'],
    ['PUT', '/__capi/clock'],
  ] as const

  it.each(writes)('may not %s %s', async (method, path) => {
    const emulator = createEmulator({ now })
    await emulator.fetch('/tr?id=7&ev=Lead')
    const body = method === 'DELETE' ? null : '{}'
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:1' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[]) {
      const response = await emulator.fetch(path, { method, headers, body })
      expect(response.status, JSON.stringify(headers)).toBe(403)
      expect(response.headers.get('access-control-allow-origin')).toBeNull()
    }
    expect(emulator.events()).toHaveLength(1)
  })

  it('is not the page itself', async () => {
    await using emulator = createEmulator({ now })
    const { url } = await emulator.listen({ port: 0 })
    const headers = { origin: url, 'sec-fetch-site': 'same-origin' }
    expect((await fetch(`${url}/__capi/events`, { method: 'DELETE', headers })).status).toBe(204)
  })
})

it('has the routes that the README lists, and no other', async () => {
  const { routes } = controlRoutes({
    store: createEventStore(1, now),
    clock: createClock(now),
    faults: createFaultStore(),
  })
  const there = routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const rows = readme.matchAll(/^\| (`[A-Z`, ]+) (\/__capi\/[^`? ]+)/gm)
  const listed = Array.from(rows).flatMap(([, methods = '', path]) =>
    (methods.match(/[A-Z]+/g) ?? []).map((method) => `${method} ${path}`),
  )
  expect(new Set(there)).toEqual(new Set(listed))
})

describe('PUT /__capi/quality/meta', () => {
  const put = async (body: string) => {
    const emulator = createEmulator()
    const { status } = await emulator.fetch('/__capi/quality/meta', { method: 'PUT', body })
    const response = await emulator.fetch('/__capi/quality')
    return { status, shown: (await response.json()) as { meta?: unknown } }
  }

  it('keeps Meta’s own numbers beside the estimates, and nothing else of what it got', async () => {
    const web = [
      { event_name: 'Lead', score: 5.9, coverage: { percentage: 40 } },
      { event_name: 'Contact', score: 11 },
      7,
    ]
    const { status, shown } = await put(
      JSON.stringify({ pixelId: '42', readAtMs: 1, web, accessToken: 'x' }),
    )
    expect(status).toBe(204)
    expect(shown.meta).toEqual({
      pixelId: '42',
      readAtMs: 1,
      web: [{ event_name: 'Lead', score: 5.9, coverage: 40 }, { event_name: 'Contact' }],
    })
  })

  it.each(['{', '[]', '{"pixelId":"42"}'])('refuses what is no such report: %s', async (body) => {
    const { status, shown } = await put(body)
    expect(status).toBe(400)
    expect(shown).not.toHaveProperty('meta')
  })
})
