import { createEmulator, type Emulator, type EmulatorOptions } from './emulator.ts'
import type { Listener, ListenOptions } from './listen.ts'
import { knownOptions, START_OPTIONS } from './option-names.ts'

/** What `createEmulator` and its `listen` take. */
export interface StartOptions extends EmulatorOptions, ListenOptions {}

/** An emulator that listens. `close`, and so `await using`, ends both. */
export interface RunningEmulator extends Emulator, Pick<Listener, 'url' | 'port'> {}

/**
 * Makes an emulator and serves it over HTTP. Rejects with code `EADDRINUSE` when the port is taken;
 * port 0 takes any free one.
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
