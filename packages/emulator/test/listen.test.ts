import { request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { createEmulator } from '../src/index.ts'
import { version } from '../src/version.ts'
import { refusal } from './refusal.ts'
import { event, now, TOKEN } from './support.ts'

let emulator = createEmulator({ now })
afterEach(async () => {
  await emulator.close()
  emulator = createEmulator({ now })
})

const start = () => emulator.listen({ port: 0 })

function statusFor(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path: '/__capi/health', headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

/** Reads a stream until it holds `text`. */
async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, text: string) {
  const decoder = new TextDecoder()
  let seen = ''
  while (!seen.includes(text)) {
    const { done, value } = await reader.read()
    if (done) throw new Error(`The stream ended after: ${seen}`)
    seen += decoder.decode(value, { stream: true })
  }
  return seen
}

async function openStream(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/__capi/events/stream`, { headers })
  if (!response.body) throw new Error('The stream has no body.')
  return response.body.getReader()
}

describe('an emulator on a port', () => {
  it('answers a call over HTTP', async () => {
    const { url, port } = await start()
    expect(url).toBe(`http://127.0.0.1:${port}`)
    const response = await fetch(`${url}/v27.0/42/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ data: [event()] }),
    })
    expect(response.status).toBe(200)
    expect(emulator.events()).toHaveLength(1)
  })

  it('names a port in use and how to choose another', async () => {
    const { port } = await start()
    const second = createEmulator().listen({ port })
    await expect(second).rejects.toThrow(
      refusal('port_in_use', new RegExp(`${port}.*--port.*listen\\(\\{ port \\}\\)`)),
    )
    await expect(second).rejects.toMatchObject({ cause: { code: 'EADDRINUSE' } })
  })

  it('names an address that it cannot have', async () => {
    const listening = createEmulator().listen({ port: 0, host: '203.0.113.7' })
    await expect(listening).rejects.toThrow(
      refusal('listen_failed', /port 0 of 203\.0\.113\.7 \(EADDRNOTAVAIL\).*--host/),
    )
  })

  it('refuses host names that are not this machine', async () => {
    const { port } = await start()
    for (const host of ['localhost', `127.0.0.1:${port}`, '[::1]:80']) {
      expect(await statusFor(port, host), host).toBe(200)
    }
    for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil:80']) {
      expect(await statusFor(port, host), host).toBe(403)
    }
  })

  it('closes at once with a stream open', async () => {
    const { url } = await start()
    const reader = await openStream(url)
    await readUntil(reader, ': open')
    await emulator.close()
    await expect(fetch(url)).rejects.toThrow()
  })

  it('streams events as they arrive, and reports a clear', async () => {
    const { url } = await start()
    const reader = await openStream(url)
    await readUntil(reader, ': open')
    await fetch(`${url}/tr?id=7&ev=Lead`)
    expect(await readUntil(reader, '"Lead"')).toMatch(/id: 1\nevent: capi\ndata: \{/)
    await fetch(`${url}/__capi/events`, { method: 'DELETE' })
    await readUntil(reader, 'event: clear\n')
  })

  it('resumes a stream after the last event that was seen', async () => {
    const { url } = await start()
    for (const name of ['One', 'Two', 'Three']) await fetch(`${url}/tr?id=7&ev=${name}`)
    const seen = await readUntil(await openStream(url, { 'last-event-id': '1' }), '"Three"')
    expect(seen).toContain('"Two"')
    expect(seen).not.toContain('"One"')
  })

  it('brings everything to a stream that knew an earlier run', async () => {
    const { url } = await start()
    await fetch(`${url}/tr?id=7&ev=One`)
    await readUntil(await openStream(url, { 'last-event-id': '99' }), '"One"')
  })
})

describe('the control routes', () => {
  it('tell health, list by filter and clear, without CORS', async () => {
    await emulator.fetch('/tr?id=7&ev=Lead&eid=a')
    await emulator.fetch('/tr?id=7&ev=Lead&eid=b')
    const health = await emulator.fetch('/__capi/health')
    expect(await health.json()).toEqual({ status: 'ok', version, events: 2 })
    const listed = await emulator.fetch('/__capi/events?event_id=b')
    expect(listed.headers.get('access-control-allow-origin')).toBeNull()
    expect(await listed.json()).toMatchObject({ events: [{ id: 2 }] })
    expect((await emulator.fetch('/__capi/events', { method: 'DELETE' })).status).toBe(204)
    expect(emulator.events()).toEqual([])
  })
})
