import type { CapiOptions } from './options.ts'

type EnvOptions = Pick<
  CapiOptions,
  'pixelId' | 'accessToken' | 'testEventCode' | 'apiVersion' | 'baseUrl'
>

/** The environment variables read, and the option each gives; the first that is set wins. */
const VARIABLES: readonly (readonly [keyof EnvOptions, string])[] = [
  ['pixelId', 'META_PIXEL_ID'],
  ['pixelId', 'META_DATASET_ID'],
  ['accessToken', 'META_CAPI_ACCESS_TOKEN'],
  ['testEventCode', 'META_TEST_EVENT_CODE'],
  ['apiVersion', 'META_GRAPH_API_VERSION'],
  ['baseUrl', 'CAPI_BASE_URL'],
]

/**
 * Options from environment variables, for example `optionsFromEnv(process.env)`; empty ones are
 * unset. Pure: nothing else here reads an environment.
 */
export function optionsFromEnv(env: Readonly<Record<string, string | undefined>>): EnvOptions {
  const options: { -readonly [K in keyof EnvOptions]?: string } = {}
  for (const [option, variable] of VARIABLES) {
    const value = env[variable]?.trim()
    if (value && options[option] === undefined) options[option] = value
  }
  return options
}
