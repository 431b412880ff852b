import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import { type Fields, isFields } from './payload.ts'

/** The version of the Graph API that samples and calls from this page name. */
export const API_VERSION = 'v27.0'

/** For a POSIX shell: nothing inside is expanded. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

export function curl(url: string, lines: readonly string[]): string {
  return [`curl ${shellQuote(url)}`, ...lines].join(' \\\n  ')
}

/** Where Graph takes the events of a dataset. */
export function eventsPath(pixelId: string): string {
  return `/${API_VERSION}/${encodeURIComponent(pixelId)}/events`
}

/** @param token in the shell's words */
function eventsAsCurl(url: string, body: unknown, token: string): string {
  return curl(url, [
    `-H "Authorization: Bearer ${token}"`,
    `-H 'Content-Type: application/json'`,
    `-d ${shellQuote(JSON.stringify(body))}`,
  ])
}

const META = 'https://graph.facebook.com'
const TOKEN_VARIABLE = 'META_CAPI_ACCESS_TOKEN'

/** The call for Meta itself: the token comes from the environment, and the test code keeps the events out of the reports. */
export function callAsCurlForMeta(path: string, body: Fields, test_event_code: string): string {
  return eventsAsCurl(META + path, { ...body, test_event_code }, `$${TOKEN_VARIABLE}`)
}

/** The call for another host: an emulator takes any token, others want the one of the environment. */
export function callAsCurlForHost(host: string, pixelId: string, body: unknown): string {
  const url = host.replace(/\/+$/, '') + eventsPath(pixelId)
  return eventsAsCurl(url, body, `\${${TOKEN_VARIABLE}:-any-token}`)
}

/** The body of a call that sends this event alone. */
export function bodyOf({ payload, test_event_code, upload_tag }: CapturedEvent): Fields {
  return {
    data: [payload],
    ...(test_event_code !== undefined && { test_event_code }),
    ...(upload_tag !== undefined && { upload_tag }),
  }
}

export function eventAsCurl(event: CapturedEvent, origin: string): string {
  return eventsAsCurl(origin + eventsPath(event.pixel_id), bodyOf(event), 'any-token')
}

/** The event as a call of @capi/core; hashes pass through it unchanged. */
export function payloadAsTypeScript(payload: Fields): string {
  const { event_name, custom_data, ...rest } = payload
  const custom = isFields(custom_data) ? custom_data : {}
  return `import { createCapi, optionsFromEnv } from '@capi/core'

const capi = createCapi(optionsFromEnv(process.env))

await capi.track(
  ${literal(event_name ?? '')},
  ${indent(literal(custom))},
  ${indent(literal(rest))},
)
`
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/

/** A value as TypeScript, in the manner of this repository: single quotes, bare keys. */
function literal(value: unknown, depth = 0): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined'
  const pad = '  '.repeat(depth + 1)
  const end = `\n${'  '.repeat(depth)}`
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return `[\n${value.map((item) => `${pad}${literal(item, depth + 1)},`).join('\n')}${end}]`
  }
  const entries = Object.entries(value)
  if (entries.length === 0) return '{}'
  const lines = entries.map(([key, inner]) => {
    const name = IDENTIFIER.test(key) ? key : quote(key)
    return `${pad}${name}: ${literal(inner, depth + 1)},`
  })
  return `{\n${lines.join('\n')}${end}}`
}

function quote(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${inner.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n  ')
}
