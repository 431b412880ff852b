import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import { event, now, post } from '../support.ts'

type Json = Record<string, unknown>

const ask = async (path: string, method = 'GET', body?: unknown) => {
  const emulator = createEmulator({ now })
  await emulator.fetch('/tr?id=1&ev=Purchase&eid=p-1&cd[value]=1&cd[currency]=EUR')
  await emulator.fetch('/tr?id=2&ev=Purchase&eid=p-2')
  const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) }
  const response = await emulator.fetch(path, init)
  const text = await response.text()
  const { error } = (text === '' ? {} : JSON.parse(text)) as { error?: Json }
  return { status: response.status, error, emulator, headers: response.headers }
}

describe('a key that is not known', () => {
  it.each([
    ['GET', '/__capi/wait?event_nam=Lead', 'event_name'],
    ['GET', '/__capi/wait?event_name=Purchase&timeout=1', 'timeoutMs'],
    ['GET', '/__capi/wait?custom_dat.value=2', 'custom_data'],
    ['GET', '/__capi/events?name=Purchase', 'event_name'],
    ['GET', '/__capi/events?pixel=1', 'pixel_id'],
    ['GET', '/__capi/events/1?pixel=1', undefined],
    ['GET', '/__capi/events/stream?since=1', undefined],
    ['DELETE', '/__capi/events?pixelid=1', 'pixel_id'],
    ['DELETE', '/__capi/events?event_name=Lead', undefined],
    ['GET', '/__capi/pairs?pixelid=1', 'pixel_id'],
    ['GET', '/__capi/quality?pixel_ids=1', 'pixel_id'],
    ['GET', '/__capi/diagnostics?severty=high', 'severity'],
    ['GET', '/__capi/export.ndjson?pixel-id=1', 'pixel_id'],
    ['POST', '/__capi/import?x=1', undefined],
    ['GET', '/__capi/faults?pixel.id=1', 'pixel_id'],
    ['DELETE', '/__capi/faults?pixle_id=1', 'pixel_id'],
    ['DELETE', '/__capi/faults/1?pixel_id=1', undefined],
    ['GET', '/__capi/clock?now=1', undefined],
    ['GET', '/__capi/health?verbose=1', undefined],
  ])('is 400 with the nearest known one: %s %s', async (method, path, meant) => {
    const { status, error, emulator } = await ask(path, method)
    expect(status).toBe(400)
    expect(error).toMatchObject({ code: 'option_invalid' })
    expect(error?.['message']).toContain('has no key "')
    if (meant !== undefined) expect(error?.['message']).toContain(`meant "${meant}"?`)
    expect(emulator.events()).toHaveLength(2)
  })

  it.each([
    ['POST', '/__capi/wait', { filters: {} }, '"filters", meant "filter"?'],
    ['POST', '/__capi/wait', { filter: { event_nam: 'x' } }, '"event_nam", meant "event_name"?'],
    ['PUT', '/__capi/clock', { advence: '8d' }, '"advence", meant "advance"?'],
    ['PUT', '/__capi/clock', { now: null, stop: true }, 'has no key "stop"'],
    ['PUT', '/__capi/faults', { fault: [] }, '"fault", meant "faults"?'],
    ['POST', '/__capi/faults', { presets: 'outage' }, '"presets", meant "preset"?'],
    ['POST', '/__capi/faults', { match: { pixel: '1' }, preset: 'outage' }, 'meant "pixel_id"?'],
  ])('in a body is too: %s %s %j', async (method, path, body, said) => {
    const { status, error } = await ask(path, method, body)
    expect([status, error?.['message']]).toEqual([400, expect.stringContaining(said)])
  })

  it('is ignored by the imitated paths, as Meta ignores it', async () => {
    const emulator = createEmulator({ now })
    const url = 'https://graph.facebook.com/v27.0/42/events?no_such_key=1'
    const headers = { authorization: 'Bearer x', 'content-type': 'application/json' }
    const body = JSON.stringify({ data: [event()], no_such_key: 1 })
    expect((await emulator.fetch(url, { method: 'POST', headers, body })).status).toBe(200)
    expect((await emulator.fetch('/tr?id=1&ev=Lead&no_such_key=1')).status).toBe(200)
  })
})

describe('a value that finds nothing whatever arrived', () => {
  it.each([
    ['/__capi/events?status=rejected', 'must be one of processed, deduplicated, refused, faulted'],
    ['/__capi/events?source=pixel', 'must be one of server, browser'],
    ['/__capi/events?custom_data=1', 'must name a part: custom_data.key=value'],
    ['/__capi/events?event_name.x=1', 'has no key "event_name.x"'],
    ['/__capi/events?event_id=a&event_id=b', 'Give the query key "event_id" once'],
    ['/__capi/wait?timeoutMs=', 'timeoutMs must be a whole number from 0 to 60000'],
    ['/__capi/wait?timeoutMs=60001', 'timeoutMs must be a whole number from 0 to 60000'],
    ['/__capi/wait?after=-1', 'after must be a whole number'],
    ['/__capi/diagnostics?severity=hgih', 'severity is one of high, medium, low'],
  ])('is 400: %s', async (path, said) => {
    const { status, error } = await ask(path)
    expect([status, error?.['message']]).toEqual([400, expect.stringContaining(said)])
  })

  it.each([
    [[]],
    ['x'],
    [null],
    [{ filter: [] }],
    [{ filter: null }],
    [{ timeoutMs: '5' }],
    [{ timeoutMs: 60_001 }],
  ])('is 400 in the body of a wait: %j', async (body) => {
    expect((await ask('/__capi/wait', 'POST', body)).status).toBe(400)
  })

  it('is refused in process too', async () => {
    const emulator = createEmulator()
    const wrong = { event_nam: 'Lead' } as object
    expect(() => emulator.events(wrong)).toThrow(/no key "event_nam", meant "event_name"\?/)
    await expect(emulator.waitForEvent(wrong)).rejects.toThrow(/meant "event_name"\?/)
    for (const call of [emulator.clear, emulator.pairs, emulator.quality, emulator.faults.clear]) {
      expect(() => call({ pixelId: '1' } as object)).toThrow(/no key "pixelId", meant "pixel_id"\?/)
    }
    expect(() => emulator.clear({ pixel_id: 1 as never })).toThrow(/pixel_id .* must be a text/)
  })
})

describe('a path that is not known', () => {
  it('is a 404 that names the known ones, and not Graph’s', async () => {
    const { status, error } = await ask('/__capi/event')
    expect(status).toBe(404)
    expect(error?.['message']).toMatch(
      /^There is no \/__capi\/event, meant \/__capi\/events\? Known: /,
    )
    for (const known of [
      '/__capi/wait',
      '/__capi/events/{id}',
      '/__capi/faults',
      '/__capi/clock',
    ]) {
      expect(error?.['message']).toContain(known)
    }
    expect((await ask('/__capi')).status).toBe(404)
    expect((await ask('/__capi/')).status).toBe(404)
  })

  it('is a 405 where only the method is wrong', async () => {
    const { status, error, headers } = await ask('/__capi/clock', 'POST', {})
    expect([status, headers.get('allow')]).toEqual([405, 'GET, PUT'])
    expect(error?.['message']).toBe('/__capi/clock takes GET, PUT, not POST.')
  })
})

describe('a filter in a query', () => {
  const data = [
    event({ event_name: 'Purchase', event_id: '007', custom_data: { value: 2, currency: 'EUR' } }),
    event({
      event_name: 'Purchase',
      event_id: '7',
      event_source_url: 'https://shop.example/',
      custom_data: { value: '3.50', currency: 'EUR', contents: [{ id: 'a' }, { id: 'mug' }] },
    }),
    event({ opt_out: true, custom_data: { ref: '12345678901234567890', tags: ['x'] } }),
  ]

  it.each([
    ['custom_data.value=2', [1]],
    ['custom_data.value=2.0', [1]],
    ['custom_data.value=3.5', [2]],
    ['custom_data.value=02', []],
    ['custom_data.contents[1].id=mug', [2]],
    ['custom_data.contents.1.id=mug', [2]],
    ['custom_data.contents[0].id=mug', []],
    ['custom_data.ref=12345678901234567890', [3]],
    ['custom_data.ref=12345678901234567891', []],
    ['custom_data.tags=x', [3]],
    ['opt_out=true', [3]],
    ['event_id=7', [2]],
    ['event_name=purchase', []],
    ['event_source_url=https://shop.example/', [2]],
    ['custom_data.toString=x', []],
    ['custom_data.__proto__.x=x', []],
    ['user_data.em[0].length=1', []],
  ])('names a place in the payload: %s', async (query, ids) => {
    const emulator = createEmulator({ now })
    await post(emulator, { data })
    const { events } = (await (await emulator.fetch(`/__capi/events?${query}`)).json()) as {
      events: readonly { id: number }[]
    }
    expect(events.map(({ id }) => id)).toEqual(ids)
  })

  it('waits for a part, as a query and as JSON, and for what comes after an event', async () => {
    const emulator = createEmulator({ now })
    await post(emulator, { data })
    const wait = async (body: object) =>
      (await emulator.fetch('/__capi/wait', { method: 'POST', body: JSON.stringify(body) })).json()
    expect(
      await wait({ filter: { custom_data: { contents: [{}, { id: 'mug' }] } } }),
    ).toMatchObject({ id: 2 })
    expect(await wait({ filter: { 'custom_data.value': 2 } })).toMatchObject({ id: 1 })
    expect(await wait({})).toMatchObject({ id: 1 })
    expect(await wait({ filter: {}, after: 2 })).toMatchObject({ id: 3 })
    const waiting = emulator.fetch('/__capi/wait?event_name=Purchase&after=3')
    await post(emulator, { data: data.slice(0, 1) })
    expect(await (await waiting).json()).toMatchObject({ id: 4 })
    const none = await emulator.fetch('/__capi/wait?custom_data.value=9&timeoutMs=1')
    expect([none.status, await none.text()]).toEqual([
      408,
      expect.stringContaining('custom_data.value: wanted \\"9\\", got 2'),
    ])
    expect((await emulator.waitForEvent({}, { after: 3 })).id).toBe(4)
  })
})
