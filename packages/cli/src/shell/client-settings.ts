import { type CapiOptions, optionsFromEnv } from '@capi/core'
import { CliError } from './cli-error.ts'
import type { ClientFlags } from './client-flags.ts'
import type { Environment } from './terminal.ts'

/** A flag wins over a variable. */
export function clientSettings(env: Environment, flags: ClientFlags): CapiOptions {
  const { pixelId, apiVersion, baseUrl, timeout } = flags
  return {
    ...optionsFromEnv(env),
    ...(pixelId !== undefined && { pixelId }),
    ...(apiVersion !== undefined && { apiVersion }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(timeout !== undefined && { timeoutMs: timeout * 1000 }),
  }
}

/** The two that nothing goes without. @throws CliError `setting_missing`. */
export function demandDataset({ pixelId, accessToken }: CapiOptions): {
  readonly pixelId: string
  readonly accessToken: NonNullable<CapiOptions['accessToken']>
} {
  if (typeof pixelId !== 'string')
    throw missing('No dataset is named. Set META_PIXEL_ID, or pass --pixel-id.')
  if (accessToken === undefined)
    throw missing('There is no access token. Set META_CAPI_ACCESS_TOKEN, for example in .env.')
  return { pixelId, accessToken }
}

function missing(message: string): CliError {
  return new CliError('setting_missing', message)
}
