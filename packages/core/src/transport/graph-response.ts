import { asFields, type Fields } from '../field/fields.ts'
import { readMessages } from './meta-messages.ts'

/**
 * Meta's answer to a batch, as far as it could be read.
 * @internal
 */
export type GraphResponse =
  | {
      readonly ok: true
      /** How many events Meta says it took; undefined where it does not say. */
      readonly events_received: number | undefined
      /** Meta's comments on what it took; absent where it has none. What may be personal in them reads `…`. */
      readonly messages?: readonly string[]
      /** What Meta's support asks for. */
      readonly fbtrace_id?: string
    }
  | {
      readonly ok: false
      /** `error.code`. */
      readonly code?: number
      /** `error.error_subcode`, which tells refusals of a payload apart. */
      readonly error_subcode?: number
      /** Meta expects the same call to pass later. */
      readonly is_transient?: boolean
      /** What Meta's support asks for. */
      readonly fbtrace_id?: string
      /** Which event of the batch Meta blames, where it says: a hint, not a verdict. */
      readonly event_index?: number
    }

/**
 * Reads status and body of an answer. Tolerates HTML, empty and cut bodies: a proxy's or a captive
 * portal's page is not Meta's yes. Texts of errors are left out: they are localised and may repeat input.
 * Source: Meta, Graph API Error Handling, read 2026-09.
 * @internal
 */
export function parseGraphResponse(status: number, body: string): GraphResponse {
  const json = parseObject(body)
  const error = asFields(json?.['error'])
  const trace = traceId(error?.['fbtrace_id'] ?? json?.['fbtrace_id'])
  if (status >= 200 && status < 300 && error === undefined && json !== undefined) {
    const messages = readMessages(json['messages'])
    return {
      ok: true,
      events_received: integer(json['events_received']),
      ...(messages.length > 0 && { messages }),
      ...trace,
    }
  }
  return {
    ok: false,
    ...defined('code', integer(error?.['code'])),
    ...defined('error_subcode', integer(error?.['error_subcode'])),
    ...defined(
      'is_transient',
      typeof error?.['is_transient'] === 'boolean' ? error['is_transient'] : undefined,
    ),
    ...defined('event_index', error && blamedIndex(error)),
    ...trace,
  }
}

/** From `blame_field_specs`, else from the message, whose `data[3]` is no word of any language. */
function blamedIndex(error: Fields): number | undefined {
  const data = error['error_data']
  const specs = asFields(typeof data === 'string' ? parseObject(data) : data)?.['blame_field_specs']
  for (const text of [specs && JSON.stringify(specs), error['message']]) {
    const digits =
      typeof text === 'string' && /data['"\]]{0,2}[[,]["']?(\d{1,4})(?!\d)/.exec(text)?.[1]
    if (digits) return Number(digits)
  }
  return undefined
}

function parseObject(body: string): Fields | undefined {
  try {
    return asFields(JSON.parse(body))
  } catch {
    return undefined // Not JSON: no answer of Meta's.
  }
}

function integer(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? (value as number) : undefined
}

/** It ends in logs, so only what a trace id looks like. */
function traceId(value: unknown): { fbtrace_id?: string } {
  return typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? { fbtrace_id: value } : {}
}

function defined<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V })
}
