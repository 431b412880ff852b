import { createEmulator } from '@capi/emulator'
import { namePort } from './listen.ts'
import { type RunningShop, runShop } from './run-shop.ts'
import type { StartPlan } from './start-plan.ts'

export interface RunningDemo extends RunningShop {
  readonly emulatorUrl?: string
}

/** The shop and, when the plan says so, the emulator in the same process. */
export async function runDemo({
  destination,
  environment,
  shopPort,
}: StartPlan): Promise<RunningDemo> {
  if (destination.kind !== 'emulator') return await runShop(environment, shopPort)

  const { port } = destination
  const emulator = await namePort(createEmulator().listen({ port }), port, 'EMULATOR_PORT')
  try {
    const shop = await runShop({ ...environment, CAPI_BASE_URL: emulator.url }, shopPort)
    return {
      url: shop.url,
      emulatorUrl: emulator.url,
      async stop() {
        const lastLine = await shop.stop()
        await emulator.close()
        return lastLine
      },
    }
  } catch (error) {
    await emulator.close()
    throw error
  }
}
