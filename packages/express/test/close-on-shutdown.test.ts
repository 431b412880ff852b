import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { capiMiddleware, closeOnShutdown } from '../src/index.ts'
import { createWorld } from './serve.ts'

async function start() {
  const file = fileURLToPath(new URL('shutdown-server.ts', import.meta.url))
  const child = spawn(process.execPath, ['--conditions=@capi/source', file])
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  while (!output.includes('port')) await once(child.stdout, 'data')
  const url = `http://127.0.0.1:${/port (\d+)/.exec(output)?.[1]}`
  return { child, url, output: () => output, exit: once(child, 'exit') }
}

it.each(['SIGTERM', 'SIGINT'] as const)(
  '%s lets a request end, delivers, and ends the process',
  async (signal) => {
    const { child, url, output, exit } = await start()
    const answer = fetch(`${url}/slow`).then((response) => response.text())
    await new Promise((resolve) => setTimeout(resolve, 100))
    child.kill(signal)
    expect(await answer).toBe('ok')
    expect(await exit).toEqual([null, signal])
    expect(output()).toContain('delivered lead.1')
  },
)

it('takes one key press for one, though it arrives twice', async () => {
  const { child, url, output, exit } = await start()
  await fetch(url)
  child.kill('SIGINT')
  child.kill('SIGINT')
  await exit
  expect(output()).toContain('delivered lead.1')
})

it('does the same without a signal, and then listens to none', async () => {
  const { client } = createWorld()
  const server = createServer().listen(0)
  const before = process.listenerCount('SIGTERM')
  const shutdown = closeOnShutdown(server, client)
  expect(process.listenerCount('SIGTERM')).toBe(before + 1)
  await client.track('Lead', {}, { action_source: 'website', user_data: { external_id: 7 } })
  const [first, second] = await Promise.all([shutdown(), shutdown()])
  expect(first).toEqual(second)
  expect(first.queued).toBe(0)
  expect(server.listening).toBe(false)
  expect(process.listenerCount('SIGTERM')).toBe(before)
})

it('takes what capiMiddleware returns, which has track, with and close of its client', async () => {
  const { client, sent } = createWorld()
  const capi = capiMiddleware({ client })
  const lead = { user_data: { external_id: 7 } }
  await capi.track('Lead', {}, { ...lead, action_source: 'chat' })
  await capi.with({ action_source: 'chat' }).track('Contact', {}, lead)
  const result = await closeOnShutdown(undefined, capi, { signals: [] })()
  expect(result).toMatchObject({ queued: 0 })
  expect((await sent()).map((event) => event['event_name'])).toEqual(['Lead', 'Contact'])
  expect(await client.track('Lead', {}, { ...lead, action_source: 'chat' })).toMatchObject({
    outcome: 'dropped',
    reason: 'closed',
  })
})
