import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createEmulator } from '@capi/emulator'

const PORT = Number(process.env['PORT'] ?? 3200)
const next = createRequire(import.meta.url).resolve('next/dist/bin/next')

const given = process.env['CAPI_BASE_URL']
const emulator = createEmulator()
const emulatorUrl =
  given ?? (await emulator.listen({ port: Number(process.env['EMULATOR_PORT'] ?? 2274) })).url

const env = {
  SITE_URL: `http://127.0.0.1:${PORT}`,
  PIXEL_URL: `${emulatorUrl}/en_US/fbevents.js`,
  META_PIXEL_ID: '1234567890',
  META_CAPI_ACCESS_TOKEN: 'emulator-token',
  NEXT_TELEMETRY_DISABLED: '1',
  ...process.env,
  CAPI_BASE_URL: emulatorUrl,
}
const run = (...args: readonly string[]) =>
  spawn(process.execPath, [next, ...args], { cwd: import.meta.dirname, env, stdio: 'inherit' })

const build = run('build')
await once(build, 'exit')
if (build.exitCode !== 0) process.exit(build.exitCode ?? 1)

const shop = run('start', '--port', String(PORT), '--hostname', '127.0.0.1')
const stop = () => void shop.kill('SIGTERM')
process.once('SIGINT', stop).once('SIGTERM', stop)
console.log(`
  Shop      http://127.0.0.1:${PORT}
  Emulator  ${emulatorUrl}

  1. Open the emulator page: it stands in for Meta and shows every event as it arrives.
  2. Open http://127.0.0.1:${PORT}/?fbclid=demo-click, as if you came from an ad.
  3. Buy something. The purchase arrives twice and is counted once.
  Ctrl-C stops both.
`)
await once(shop, 'exit')
await emulator.close()
