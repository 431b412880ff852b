import { demandObject } from '../option/demand.ts'
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
 * Options from environment variables: `optionsFromEnv(process.env)`, or `optionsFromEnv(env)` with the bindings that
 * Cloudflare Workers hand to each request. Empty variables, and bindings that are no text, count as unset. Pure: nothing
 * else here reads an environment.
 * @throws CapiConfigError when `env` is no object.
 * @example
 * const capi = createCapi(optionsFromEnv(process.env))
 */
export function optionsFromEnv(env: object): EnvOptions {
  demandObject(env, 'optionsFromEnv takes variables, such as process.env.')
  const options: { -readonly [K in keyof EnvOptions]?: string } = {}
  for (const [option, variable] of VARIABLES) {
    const value = (env as Readonly<Record<string, unknown>>)[variable]
    const text = typeof value === 'string' ? value.trim() : ''
    if (text !== '' && options[option] === undefined) options[option] = text
  }
  return options
}
