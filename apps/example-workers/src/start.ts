import { startEmulator } from '@capi/emulator'
import { runShop } from './run-shop.ts'

const portOf = (name: string, fallback: number) => Number(process.env[name] || fallback)

const emulator = await startEmulator({ port: portOf('EMULATOR_PORT', 2274) })
const shop = await runShop({ port: portOf('PORT', 8787), emulatorUrl: emulator.url })
console.log(`Shop  ${shop.url}/?fbclid=demo-click  as if you came from an ad
Meta  ${emulator.url}  what arrives there. Events take the queue: a second.
Ctrl-C ends both.`)

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void Promise.all([shop.close(), emulator.close()]))
