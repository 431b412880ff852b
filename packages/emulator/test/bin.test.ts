import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createEmulator } from '../src/index.ts'
import { version } from '../src/version.ts'

const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url))

function run(...args: readonly string[]) {
  const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const output = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.err += text
  })
  const ended = once(child, 'close').then(([code]: unknown[]) => ({ code, ...output }))
  return { child, output, ended }
}

describe.skipIf(!existsSync(bin))('capi-emulator, as built', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('prints where it is, and stops on %s', async (signal) => {
    const { child, output, ended } = run('--port', '0')
    while (!output.out.includes('export')) await once(child.stdout, 'data')
    const url = /export CAPI_BASE_URL=(http:\/\/127\.0\.0\.1:\d+)/.exec(output.out)?.[1]
    expect((await fetch(`${url}/__capi/health`)).status).toBe(200)
    child.kill(signal)
    expect(await ended).toMatchObject({ code: 0, err: '' })
  })

  it('says in one line that the port is in use', async () => {
    await using emulator = createEmulator()
    const { port } = await emulator.listen({ port: 0 })
    const { code, err } = await run('--port', String(port)).ended
    expect(code).toBe(1)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err).toContain(`Port ${port} is already in use`)
  })

  it.each([['--nonsense'], ['--port', 'http'], ['--port', '70000'], ['extra']])(
    'shows its usage for %s %s',
    async (...args) => {
      const { code, err } = await run(...args.filter((arg) => typeof arg === 'string')).ended
      expect(code).toBe(2)
      expect(err).toContain('Usage: capi-emulator')
    },
  )

  it('prints its version and its usage', async () => {
    expect(await run('--version').ended).toMatchObject({ code: 0, out: `${version}\n` })
    expect((await run('--help').ended).out).toContain('--port <number>')
  })
})
