import type { Quality } from '@capi/core/quality'
import { findEmulator } from '../emulator/find-emulator.ts'
import { CliError } from '../shell/cli-error.ts'
import type { Terminal } from '../shell/terminal.ts'

/** Hands the numbers to a running emulator, which has no token of Meta's. @throws CliError `unreachable` */
export async function showInEmulator(
  terminal: Terminal,
  flag: string | true,
  pixelId: string,
  quality: Quality,
): Promise<void> {
  // CAPI_BASE_URL may be where the numbers come from.
  const address = await findEmulator({ ...terminal, env: {} }, flag === true ? undefined : flag)
  const response = await fetch(`${address}/__capi/quality/meta`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ pixelId, ...quality }),
  })
  if (!response.ok)
    throw new CliError(
      'unreachable',
      `The emulator at ${address} is too old to show the numbers. Update @capi/emulator.`,
    )
  terminal.say(`Beside the estimates: ${address}/#/quality`)
}
