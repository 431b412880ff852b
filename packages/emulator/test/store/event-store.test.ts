import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import { createEventStore } from '../../src/store/event-store.ts'
import { createRing } from '../../src/store/ring.ts'
import { event, now, post } from '../support.ts'

const lead = (event_id: string) =>
  ({
    source: 'browser',
    status: 'processed',
    pixel_id: '7',
    event_name: 'Lead',
    event_id,
    payload: { event_id, user_data: { fbp: 'fb.1.1596403881668.1' } },
  }) as const

describe('a ring', () => {
  it('keeps the newest, under numbers that are never used again', () => {
    const ring = createRing<string>(3)
    expect(['a', 'b', 'c', 'd', 'e'].map((one) => ring.push(one))).toEqual([
      undefined,
      undefined,
      undefined,
      'a',
      'b',
    ])
    expect(ring.list()).toEqual(['c', 'd', 'e'])
    expect([ring.get(2), ring.get(3), ring.get(5), ring.get(6), ring.get(1.5)]).toEqual([
      undefined,
      'c',
      'e',
      undefined,
      undefined,
    ])
    ring.replace(4, 'D')
    ring.replace(1, 'never')
    expect(ring.list()).toEqual(['c', 'D', 'e'])
    ring.clear()
    expect([ring.list(), ring.size(), ring.nextId()]).toEqual([[], 0, 6])
    ring.push('f')
    expect([ring.list(), ring.get(6), ring.size()]).toEqual([['f'], 'f', 1])
  })
})

describe('the store', () => {
  it('takes 100,000 calls at one pace and keeps no more than max', () => {
    const store = createEventStore(500, now)
    const start = process.cpuUsage()
    for (let index = 0; index < 100_000; index++) store.add([lead(`e${index % 700}`)])
    const { user, system } = process.cpuUsage(start)
    expect(user + system).toBeLessThan(15_000_000)
    expect(store.size()).toBe(500)
    expect(store.list()).toHaveLength(500)
    expect(store.list().at(-1)).toMatchObject({ id: 100_000, call: 100_000 })
  })

  it('does not let what it looks duplicates up by grow', () => {
    setFlagsFromString('--expose-gc')
    const gc: unknown = runInNewContext('gc')
    const store = createEventStore(100, now)
    const heap = () => {
      if (typeof gc === 'function') gc()
      return process.memoryUsage().heapUsed
    }
    for (let index = 0; index < 1_000; index++) store.add([lead(`a${index}`)])
    const before = heap()
    for (let index = 0; index < 50_000; index++) store.add([lead(`b${index}`)])
    expect(heap() - before).toBeLessThan(2_000_000)
  })

  it('stays readable after an event that is nested without end', async () => {
    const emulator = createEmulator({ now })
    const nested = `${'['.repeat(50_000)}1${']'.repeat(50_000)}`
    const body = `{"data":[{"event_name":"x","custom_data":{"a":${nested}}}]}`
    await post(emulator, body)
    const line = `{"source":"server","payload":{"a":${nested}},"received_at":1,"call":1}`
    expect(emulator.importEvents(line)).toEqual({ imported: 1, refused: 0 })
    expect(emulator.events().at(-1)?.payload).toEqual({ a: '…' })
    for (const path of ['events', 'pairs', 'diagnostics', 'quality', 'export.ndjson']) {
      expect((await emulator.fetch(`/__capi/${path}`)).status, path).toBe(200)
    }
  })

  it('finds one event by its id', async () => {
    const emulator = createEmulator({ now })
    await emulator.fetch('/tr?id=7&ev=Lead')
    expect(await (await emulator.fetch('/__capi/events/1')).json()).toMatchObject({
      event_name: 'Lead',
    })
    for (const id of ['2', '0', 'x', '-1']) {
      expect((await emulator.fetch(`/__capi/events/${id}`)).status, id).toBe(404)
    }
  })
})

describe('a filter', () => {
  it('takes parts of the payload', async () => {
    const emulator = createEmulator({ now })
    for (const value of [12, 13]) {
      await post(emulator, {
        data: [
          event({
            event_name: 'Purchase',
            custom_data: { value, currency: 'EUR', contents: [{ id: 'a', quantity: 1 }] },
          }),
        ],
      })
    }
    const ids = (filter: Parameters<typeof emulator.events>[0]) =>
      emulator.events(filter).map(({ id }) => id)
    expect(ids({ custom_data: { value: 12 } })).toEqual([1])
    expect(ids({ custom_data: { contents: [{ id: 'a' }] } })).toEqual([1, 2])
    expect(ids({ custom_data: { contents: [{ id: 'a' }, { id: 'b' }] } })).toEqual([])
    expect(ids({ custom_data: { value: '12' } })).toEqual([1])
    expect(ids({ custom_data: { value: '12.5' } })).toEqual([])
    expect(ids({ custom_data: { value: expect.any(Number) } })).toEqual([1, 2])
    expect(
      ids({ action_source: 'website', user_data: {}, custom_data: { value: undefined } }),
    ).toEqual([1, 2])
    expect(ids({ custom_data: { toString: expect.anything() } })).toEqual([])
  })
})

describe('a wait that runs out', () => {
  it('reports the nearest event and where it differs', async () => {
    const emulator = createEmulator({ now })
    await emulator.fetch('/tr?id=7&ev=Lead&eid=l-1')
    await emulator.fetch('/tr?id=7&ev=Purchase&eid=p-1&cd[value]=10&ud[em]=secret')
    const wait = emulator.waitForEvent(
      {
        event_name: 'Purchase',
        event_id: 'p-1',
        custom_data: { value: 12, currency: 'EUR' },
        user_data: { em: 'other' },
      },
      { timeoutMs: 1 },
    )
    const error: unknown = await wait.catch((reason: unknown) => reason)
    const message = error instanceof Error ? error.message : ''
    expect(message).toContain('The nearest was event 2:\n  browser Purchase, event_id p-1')
    expect(message).toContain('custom_data.value: wanted 12, got "10"')
    expect(message).toContain('custom_data.currency: wanted "EUR", got nothing')
    expect(message).toContain('user_data.em: wanted one text, got another (not shown')
    expect(message).not.toMatch(/secret|other"/)
    expect(message).not.toContain('event_name: wanted')
    expect(message).toContain('What did arrive (2), newest last:')
  })

  it('calls no event near that shares nothing with it', async () => {
    const emulator = createEmulator({ now })
    await emulator.fetch('/tr?id=7&ev=Lead&eid=l-1')
    const wait = emulator.waitForEvent({ event_name: 'Purchase', event_id: 'x' }, { timeoutMs: 1 })
    await expect(wait).rejects.toThrow(/within 1 ms\. What did arrive/)
  })
})

describe('events on their way from run to run', () => {
  it('are exported, and imported with their times and judged anew', async () => {
    const first = createEmulator({ now })
    await first.fetch('/tr?id=42&ev=PageView&eid=a')
    await post(first, { data: [event({ event_id: 'a' }), event({ event_id: 'b' })] })
    await post(first, { data: [event({ action_source: 'web' })] })
    const second = createEmulator({ now: () => 5 })
    await second.fetch('/tr?id=7&ev=Lead')
    expect(second.importEvents(first.exportEvents())).toEqual({ imported: 4, refused: 0 })
    const strip = (events: readonly object[]) =>
      events.map((one) => ({ ...one, id: 0, call: 0, duplicate_of: 0 }))
    expect(strip(second.events().slice(1))).toEqual(strip(first.events()))
    expect(second.events().map(({ id, call, duplicate_of }) => [id, call, duplicate_of])).toEqual([
      [1, 1, undefined],
      [2, 2, undefined],
      [3, 3, 2],
      [4, 3, undefined],
      [5, 4, undefined],
    ])
    const third = createEmulator()
    third.importEvents(first.exportEvents())
    expect(third.exportEvents()).toBe(first.exportEvents())
  })

  it.each([
    '',
    '\n\n',
    'nonsense',
    '[]',
    '{}',
    'null',
    '{"source":"server"}',
    '{"source":"server","payload":[],"received_at":1,"call":1}',
    '{"source":"server","payload":{},"received_at":1e300,"call":1}',
    '{"source":"server","payload":{},"received_at":"1","call":1}',
    '{"source":"server","payload":{},"received_at":1,"call":"__proto__"}',
  ])('are refused when they are none: %s', (text) => {
    const emulator = createEmulator({ now })
    const lines = text.split('\n').filter((line) => line !== '').length
    expect(emulator.importEvents(text)).toEqual({ imported: 0, refused: lines })
  })

  it('bring no key that is not theirs', () => {
    const emulator = createEmulator({ now })
    emulator.importEvents(
      '{"id":9,"source":"server","status":"x","payload":{"__proto__":{"a":1}},"received_at":1,"call":1,' +
        '"event_name":5,"token":7,"error":{"code":"x"},"issues":"<b>","duplicate_of":1,"constructor":1}',
    )
    expect(emulator.events()).toMatchObject([
      { id: 1, status: 'processed', event_name: '', pixel_id: '' },
    ])
    const [kept] = emulator.events()
    expect(Object.keys(kept ?? {}).sort()).toEqual([
      'call',
      'event_name',
      'id',
      'payload',
      'pixel_id',
      'received_at',
      'source',
      'status',
    ])
    expect(Reflect.get({}, 'a')).toBeUndefined()
  })

  it('are appended to a file as they come, for the owner alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'capi-'))
    const path = join(folder, 'events.ndjson')
    try {
      const first = createEmulator({ now, persist: path })
      await first.fetch('/tr?id=7&ev=Lead')
      expect(readFileSync(path, 'utf8')).toBe(first.exportEvents())
      first.clear()
      await first.close()
      expect(statSync(path).mode & 0o777).toBe(0o600)
      const second = createEmulator({ now, persist: path })
      second.importEvents(readFileSync(path, 'utf8'))
      await second.fetch('/tr?id=7&ev=Contact')
      await second.close()
      expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(2)
      expect(readFileSync(path, 'utf8')).toBe(second.exportEvents())
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
