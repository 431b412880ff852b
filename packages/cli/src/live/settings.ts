import { optionsFromEnv } from '@capi/core'
import { DEFAULT_API_VERSION } from '@capi/core/adapter'

export interface LiveSettings {
  readonly pixelId: string
  readonly accessToken: string
  readonly testEventCode: string
  readonly baseUrl: string
  readonly apiVersion: string
}

type Environment = Readonly<Record<string, string | undefined>>
export type Settings =
  | { readonly ok: true; readonly settings: LiveSettings }
  | { readonly ok: false; readonly refusal: string }

const NEEDED = [
  ['pixelId', 'META_PIXEL_ID', 'a dataset made for tests: what is sent counts as real events do'],
  ['accessToken', 'META_CAPI_ACCESS_TOKEN', 'a token for that dataset, from Events Manager'],
  [
    'testEventCode',
    'META_TEST_EVENT_CODE',
    'from Events Manager, Test events, for example TEST12345',
  ],
] as const

/** A token must not travel in the clear, but to this machine. */
function isSafe(baseUrl: string): boolean {
  if (!URL.canParse(baseUrl)) return false
  const { protocol, hostname } = new URL(baseUrl)
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  return protocol === 'https:' || (protocol === 'http:' && isHere)
}

/** What to send where; or why nothing is sent. Nothing goes out without a test code, and never from CI. */
export function readSettings(env: Environment): Settings {
  if (env['CI']) {
    return { ok: false, refusal: 'CI is set: real events are sent by people, from their machine.' }
  }
  const {
    baseUrl = 'https://graph.facebook.com',
    apiVersion = DEFAULT_API_VERSION,
    pixelId,
    accessToken,
    testEventCode,
  } = optionsFromEnv(env)
  const given = { pixelId, accessToken, testEventCode }
  const missing = NEEDED.filter(([option]) => given[option] === undefined)
  if (
    typeof pixelId !== 'string' ||
    typeof accessToken !== 'string' ||
    testEventCode === undefined
  ) {
    const lines = missing.map(([, variable, what]) => `  ${variable}  ${what}`)
    return { ok: false, refusal: `Nothing was sent. Set:\n${lines.join('\n')}` }
  }
  if (!isSafe(baseUrl)) {
    return { ok: false, refusal: 'CAPI_BASE_URL must be https, or http on this machine.' }
  }
  const settings = { pixelId, accessToken, testEventCode, apiVersion }
  return { ok: true, settings: { ...settings, baseUrl: baseUrl.replace(/\/$/, '') } }
}
