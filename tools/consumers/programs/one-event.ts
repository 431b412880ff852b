import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createEmulator, type Emulator } from '@capi/emulator'

export const EMAIL = 'Anna.Muster@Example.com'
const HASHED = createHash('sha256').update(EMAIL.toLowerCase()).digest('hex')

/** Options of a client whose events go to the emulator of this program. */
export interface Destination {
  readonly emulator: Emulator
  readonly options: {
    readonly pixelId: string
    readonly accessToken: string
    readonly baseUrl: string
  }
}

export async function startEmulator(): Promise<Destination> {
  const emulator = createEmulator()
  const { url } = await emulator.listen({ port: 0 })
  return { emulator, options: { pixelId: '1234567890', accessToken: 'any-token', baseUrl: url } }
}

/** Exactly one event arrived, Meta would take it, and of the person it holds the hash alone. */
export async function assertOneEvent(
  emulator: Emulator,
  event_name: string,
  event_id: string,
): Promise<void> {
  const { payload } = await emulator.waitForEvent(
    { event_name, event_id, source: 'server', status: 'processed' },
    { timeoutMs: 10_000 },
  )
  assert.equal(emulator.events().length, 1)
  const { em } = payload['user_data'] as { readonly em?: unknown }
  assert.deepEqual(em, [HASHED])
  assert.doesNotMatch(JSON.stringify(payload), /anna\.muster/i)
}

/** Ends the process with what went wrong; top-level await does not exist in CommonJS. */
export function runProgram(program: () => Promise<void>): void {
  program().then(
    () => console.log('arrived'),
    (error: unknown) => {
      console.error(error)
      process.exit(1) // Servers are still open.
    },
  )
}
