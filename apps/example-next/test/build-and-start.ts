import { once } from 'node:events'
import { createEmulator } from '@capi/emulator'
import type { TestProject } from 'vitest/node'
import { runNext, startNext, writeTestApp } from './next-app.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly shopUrl: string
    readonly emulatorUrl: string
  }
}

/** Builds the shop with the routes of the tests, and starts it beside an emulator. */
export default async function buildAndStart(project: TestProject): Promise<() => Promise<void>> {
  // By hand, REUSE_BUILD=1 takes that of the last run.
  if (process.env['REUSE_BUILD'] === undefined) await build()
  const emulator = createEmulator()
  const { url } = await emulator.listen({ port: 0 })
  const shop = await startNext(url)
  project.provide('shopUrl', shop.url)
  project.provide('emulatorUrl', url)
  return async () => {
    const closed = once(shop.process, 'close')
    shop.process.kill('SIGTERM')
    await closed
    await emulator.close()
  }
}

async function build(): Promise<void> {
  await writeTestApp()
  const { process, output } = runNext(['build'], {})
  await once(process, 'close')
  if (process.exitCode !== 0) throw new Error(output())
}
