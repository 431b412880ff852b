import { createEmulator, type Emulator } from './emulator.ts'
import { knownOptions } from './known-options.ts'
import type { Listener } from './listen.ts'
import { START_OPTIONS } from './option-tables.ts'
import type { StartOptions } from './options.ts'

/** An emulator that listens. `close`, and so `await using`, ends both. */
export interface RunningEmulator extends Emulator, Pick<Listener, 'url' | 'port'> {}

/**
 * Makes an emulator and serves it over HTTP. Rejects with an EmulatorError `port_in_use` when the port is taken;
 * port 0 takes any free one. Rejects with `listen_failed` for an address that it cannot have, and as `createEmulator`
 * throws.
 * @example
 * await using emulator = await startEmulator({ port: 0 })
 * await using capi = createCapi({ pixelId: '1234567890', accessToken: 'any', baseUrl: emulator.url })
 * await capi.track('Lead', {}, { action_source: 'phone_call', user_data: { ph: '+41 79 123 45 67' } })
 * await emulator.waitForEvent({ event_name: 'Lead' })
 */
export async function startEmulator(given: StartOptions = {}): Promise<RunningEmulator> {
  const { port, host, ...options } = knownOptions(given, START_OPTIONS, 'startEmulator')
  const emulator = createEmulator(options)
  try {
    const listener = await emulator.listen({
      ...(port !== undefined && { port }),
      ...(host !== undefined && { host }),
    })
    return { ...emulator, url: listener.url, port: listener.port }
  } catch (error) {
    await emulator.close()
    throw error
  }
}
