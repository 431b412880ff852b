import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import { type Fields, isFields } from './payload.ts'

/** The version of the Graph API that samples and calls from this page name. */
export const API_VERSION = 'v27.0'

/** For a POSIX shell: nothing inside is expanded. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

export interface Call {
  readonly origin: string
  readonly pixelId: string
  readonly body: unknown
}

export function callAsCurl({ origin, pixelId, body }: Call): string {
  return [
    `curl ${shellQuote(`${origin}/${API_VERSION}/${encodeURIComponent(pixelId)}/events`)} \\`,
    `  -H 'Authorization: Bearer any-token' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d ${shellQuote(JSON.stringify(body))}`,
  ].join('\n')
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
  return callAsCurl({ origin, pixelId: event.pixel_id, body: bodyOf(event) })
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
