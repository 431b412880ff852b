import { createCapi } from '@capi/core'
import type { Emulator } from '@capi/emulator'

/** A script, or a test: the client is closed when the block ends. */
export async function script(emulator: Emulator) {
  await using capi = createCapi({ ...emulator.options })
  await capi.track(
    'Lead',
    {},
    { action_source: 'chat', user_data: { em: 'anna.muster@example.com' } },
  )
}
