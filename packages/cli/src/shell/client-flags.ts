import type { Command } from 'commander'
import { CliError } from './cli-error.ts'

/** What commands that talk to Meta take. There is none for the token: it would stay in the shell's history. */
export interface ClientFlags {
  readonly pixelId?: string
  readonly apiVersion?: string
  readonly baseUrl?: string
  readonly timeout?: number
}

/** Adds the options. */
export function withClientFlags(command: Command): Command {
  return command
    .option('--pixel-id <id>', 'the dataset (META_PIXEL_ID)')
    .option('--api-version <version>', 'of the Graph API, such as v27.0 (META_GRAPH_API_VERSION)')
    .option('--base-url <url>', "another address than Meta's, as the emulator's (CAPI_BASE_URL)")
    .option('--timeout <seconds>', 'for one request', secondsOf)
}

/** @throws CliError `usage_invalid`. */
function secondsOf(text: string): number {
  const seconds = Number(text)
  if (text.trim() !== '' && seconds > 0 && Number.isFinite(seconds)) return seconds
  throw new CliError('usage_invalid', `${text} is no number of seconds above 0.`)
}
