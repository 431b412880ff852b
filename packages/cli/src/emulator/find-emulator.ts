import { CliError } from '../shell/cli-error.ts'
import type { Terminal } from '../shell/terminal.ts'

const DEFAULT_ADDRESS = 'http://127.0.0.1:2274'

/**
 * The address of a running emulator: of the flag, of CAPI_BASE_URL, or the usual one.
 * @throws CliError `unreachable` when none answers there: what is sent to it must not reach Meta.
 */
export async function findEmulator({ env }: Terminal, flag: string | undefined): Promise<string> {
  const address = (flag ?? env['CAPI_BASE_URL']?.trim() ?? '') || DEFAULT_ADDRESS
  const base = address.replace(/\/$/, '')
  try {
    const response = await fetch(`${base}/__capi/health`)
    const health: unknown = await response.json()
    if (Object(health).status === 'ok') return base
  } catch {
    // Nothing there, or something else.
  }
  const todo = 'Start it with capi emulator, or pass its address with --base-url.'
  throw new CliError('unreachable', `No emulator answers at ${base}. ${todo}`)
}
