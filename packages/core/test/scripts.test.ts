import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { createCapi } from '../src/index.ts'

const CORE = fileURLToPath(new URL('../src/index.ts', import.meta.url))
const SALE = `{ action_source: 'chat', user_data: { external_id: 1 } }`

/** Meta's stand-in on loopback, and a script that runs to its own end. */
async function run(script: (baseUrl: string) => string, status = 200) {
  const requests: string[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      requests.push(Buffer.concat(chunks).toString())
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(status === 200 ? { events_received: 1 } : { error: {} }))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const code = `import { createCapi } from ${JSON.stringify(CORE)}\n${script(`http://127.0.0.1:${port}`)}`
  const child = spawn(
    process.execPath,
    ['--conditions=@capi/source', '--input-type=module', '--no-warnings', '-e', code],
    { cwd: fileURLToPath(new URL('..', import.meta.url)), stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const printed: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk))
  const startMs = performance.now()
  const [exitCode] = await once(child, 'exit')
  const tookMs = performance.now() - startMs
  const events = requests.flatMap((body) => (JSON.parse(body) as { data: object[] }).data)
  return { exitCode, events, requests, tookMs, printed: Buffer.concat(printed).toString() }
}

const client = (baseUrl: string, more = '') =>
  `const capi = createCapi({ pixelId: '1234567890', accessToken: 'token', baseUrl: '${baseUrl}', ${more} })\n`

it('a script that forgets close() delivers before it ends', async () => {
  const { exitCode, events } = await run(
    (baseUrl) =>
      `${client(baseUrl)} for (let i = 0; i < 250; i++) void capi.track('Lead', {}, ${SALE})`,
  )
  expect(exitCode).toBe(0)
  expect(events).toHaveLength(250)
})

it('keeps a script alive for the first attempt alone', async () => {
  const { exitCode, requests } = await run(
    (baseUrl) => `${client(baseUrl)} void capi.track('Lead', {}, ${SALE})`,
    500,
  )
  expect(exitCode).toBe(0)
  expect(requests).toHaveLength(1)
})

it('keeps no script alive that tracks nothing, or waits longer for company than ten seconds', async () => {
  const idle = await run((baseUrl) => client(baseUrl))
  expect([idle.exitCode, idle.events]).toEqual([0, []])
  const patient = await run(
    (baseUrl) =>
      `${client(baseUrl, 'batch: { maxWaitMs: 10_001 }')} void capi.track('Lead', {}, ${SALE})`,
  )
  expect([patient.exitCode, patient.events]).toEqual([0, []])
})

it('close() does not wait for an emulator that is not running', async () => {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  const lines: string[] = []
  const logger = { warn: (line: string) => void lines.push(line), error() {} }
  const baseUrl = `http://127.0.0.1:${port}`
  const capi = createCapi({ pixelId: '1234567890', accessToken: 'token', baseUrl, logger })
  await capi.track('Lead', {}, { action_source: 'chat', user_data: { external_id: 1 } })
  const startMs = performance.now()
  await capi.close()
  // Without the rule it asks again for five seconds.
  expect(performance.now() - startMs).toBeLessThan(2_500)
  expect(await capi.close()).toMatchObject({ delivered: 0 })
})
