import { deflateSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import { event, now, refusal, TOKEN } from '../support.ts'

const PATH = '/v27.0/42/events'
const JSON_TYPE = { 'content-type': 'application/json' }
const emulator = createEmulator({ now })
afterEach(() => emulator.clear())

const two = [event({ event_id: 'a' }), event({ event_id: 'b' })]
const received = async (init: RequestInit, path = PATH) => {
  const response = await emulator.fetch(path, { method: 'POST', ...init })
  return { status: response.status, ...((await response.json()) as object) }
}

function form(...fields: readonly (readonly [string, string])[]): FormData {
  const data = new FormData()
  for (const [name, value] of [...fields, ['access_token', TOKEN] as const])
    data.append(name, value)
  return data
}

describe('a call', () => {
  it.each([
    ['the header', PATH, { authorization: `Bearer ${TOKEN}` }, {}],
    ['the query', `${PATH}?access_token=${TOKEN}`, {}, {}],
    ['the body', PATH, {}, { access_token: TOKEN }],
  ])('may carry its token in %s', async (_where, path, headers, more) => {
    const body = JSON.stringify({ data: two, ...more })
    const answer = await received({ headers: { ...JSON_TYPE, ...headers }, body }, path)
    expect(answer).toMatchObject({ status: 200, events_received: 2 })
    expect(emulator.events()[0]?.token).toBe('…wxyz')
  })

  it.each([
    ['one JSON text', [['data', JSON.stringify(two)]]],
    ['a JSON list of texts', [['data', JSON.stringify(two.map((one) => JSON.stringify(one)))]]],
    ['a field for each event', two.map((one) => ['data', JSON.stringify(one)])],
    ['a field with brackets', two.map((one) => ['data[]', JSON.stringify(one)])],
    ['a numbered field', two.map((one, index) => [`data[${index}]`, JSON.stringify(one)])],
  ] as [string, [string, string][]][])('may be a form with %s', async (_what, fields) => {
    const multipart = form(...fields, ['test_event_code', 'TEST1'])
    const urlencoded = new URLSearchParams([...fields, ['access_token', TOKEN]])
    for (const body of [multipart, urlencoded]) {
      expect(await received({ body })).toMatchObject({ status: 200, events_received: 2 })
    }
    expect(emulator.events({ event_id: 'b', test_event_code: 'TEST1' })).toHaveLength(1)
  })

  it('is refused when its form holds no JSON', async () => {
    const response = await emulator.fetch(PATH, { method: 'POST', body: form(['data', 'x']) })
    expect(await refusal(response)).toMatchObject({ status: 400, rule: 'data_invalid' })
  })

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
  ])('may be compressed with %s', async (encoding, compress) => {
    const headers = { ...JSON_TYPE, 'content-encoding': encoding }
    const body = compress(JSON.stringify({ data: two, access_token: TOKEN }))
    expect(await received({ headers, body })).toMatchObject({ events_received: 2 })
    expect(emulator.events()).toHaveLength(2)
  })

  it('may come over HTTP in chunks, compressed, or as a form', async () => {
    const listener = await emulator.listen({ port: 0 })
    const [whole, path] = [
      JSON.stringify({ data: two, access_token: TOKEN }),
      `${listener.url}${PATH}`,
    ]
    const calls: RequestInit[] = [
      { headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: gzipSync(whole) },
      { headers: JSON_TYPE, body: new Blob([whole]).stream(), duplex: 'half' } as RequestInit,
      { body: form(['data', JSON.stringify(two)]) },
    ]
    for (const init of calls) {
      const response = await fetch(path, { method: 'POST', ...init })
      expect(response.status).toBe(200)
      expect(response.headers.get('content-length')).toMatch(/^\d+$/)
      expect(await response.json()).toMatchObject({ events_received: 2 })
    }
    await listener.close()
  })

  it('cannot fill the memory from a small compressed body', async () => {
    const body = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    expect(body.length).toBeLessThan(100_000)
    const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' }
    const response = await emulator.fetch(PATH, { method: 'POST', headers, body })
    expect(await refusal(response)).toMatchObject({ status: 413, rule: 'body_too_large' })
  })
})
