import { afterEach, expect, it, vi } from 'vitest'
import { type FaultAction, startEmulator } from '../../src/index.ts'
import { event, now } from '../support.ts'

const emulator = await startEmulator({ now, port: 0 })
afterEach(() => {
  emulator.faults.clear()
  emulator.clear()
})

const send = (signal: AbortSignal | null = null) =>
  fetch(`${emulator.url}/v27.0/42/events`, {
    method: 'POST',
    headers: { authorization: 'Bearer any-token', 'content-type': 'application/json' },
    body: JSON.stringify({ data: [event()] }),
    signal,
  })
const statuses = () => emulator.events().map(({ status }) => status)

/** The same faults with the same errors, whether a socket breaks or a promise. */
const BROKEN: readonly [FaultAction['type'] & ('reset' | 'process_then_cut'), string, string][] = [
  ['reset', 'ECONNRESET', 'faulted'],
  ['process_then_cut', 'UND_ERR_SOCKET', 'processed'],
]

it.each(BROKEN)('%s breaks the socket: fetch fails with %s', async (type, code, status) => {
  emulator.fail({ action: { type }, times: 1 })
  await expect(send()).rejects.toMatchObject({ message: 'fetch failed', cause: { code } })
  expect(statuses()).toEqual([status])
  expect((await send()).status).toBe(200)
})

it('timeout leaves the socket open and silent', async () => {
  emulator.fail({ action: { type: 'timeout' }, times: 1 })
  const client = new AbortController()
  const held = expect(send(client.signal)).rejects.toThrow(/abort/)
  await vi.waitFor(() => expect(statuses()).toEqual(['faulted']), { timeout: 15_000 })
  client.abort()
  await held
})

it('slow_loris sends headers, then bytes', async () => {
  emulator.fail({ action: { type: 'slow_loris', everyMs: 1 }, times: 1 })
  const response = await send()
  const sizes: number[] = []
  for await (const chunk of response.body ?? []) sizes.push((chunk as Uint8Array).length)
  expect(sizes.length).toBeGreaterThan(10)
  emulator.fail({ action: { type: 'slow_loris', everyMs: 60_000 } })
  const client = new AbortController()
  const endless = await send(client.signal)
  client.abort()
  await expect(endless.text()).rejects.toThrow(/abort/)
})

it('close ends what a fault holds open', async () => {
  const { fail, close, url } = await startEmulator({ now, port: 0 })
  fail({ action: { type: 'timeout' } })
  const body = JSON.stringify({ data: [event()] })
  const held = fetch(`${url}/v27.0/42/events`, { method: 'POST', body }).catch((error) => error)
  await new Promise((resolve) => setTimeout(resolve, 50))
  await close()
  expect(await held).toBeInstanceOf(TypeError)
})

it('starts with all options, and ends with its scope', async () => {
  let url = ''
  {
    await using started = await startEmulator({ port: 0, mode: 'strict', max: 1 })
    url = started.url
    expect(started.port).toBe(Number(new URL(url).port))
    expect((await fetch(`${url}/__capi/health`)).status).toBe(200)
  }
  await expect(fetch(url)).rejects.toThrow('fetch failed')
  await emulator.close()
})
