import { dataProcessing, OPTIONS } from '../event/data-processing.ts'
import { readEventId } from '../event/read-event-id.ts'
import { yesNo } from '../field/yes-no.ts'

/** What a page may say of its event; everything else of the body is not read. */
export interface PageEvent {
  readonly event_name: string
  /** Absent for a Purchase alone: the signed event says it. */
  readonly event_id?: string | undefined
  readonly custom_data?: Readonly<Record<string, unknown>> | undefined
  readonly event_source_url?: string | undefined
  readonly referrer_url?: string | undefined
  readonly fbc?: string | undefined
  readonly fbp?: string | undefined
  /** Whom the page takes the visitor for: hashes alone. */
  readonly hashes: Readonly<Record<string, string>>
  readonly signed?: string | undefined
  /** What the page says against the use of the data. A page's word for no limit is not read. */
  readonly wishes: Readonly<Record<string, unknown>>
}

/** `custom_data.contents[0].id` is four deep. */
const MAX_DEPTH = 5
const MAX_VALUES = 1_000
const MAX_TEXT = 2_048

/** Undefined unless it is an event of a page. */
export function readPageEvent(body: unknown): PageEvent | undefined {
  if (!isObject(body) || !isShallow(body)) return undefined
  const event_name = text(body, 'event_name')
  const event_id = text(body, 'event_id')
  const custom_data = own(body, 'custom_data')
  if (event_name === undefined) return undefined
  // Beside a signed event it is not read.
  if (event_name !== 'Purchase' && !isPageId(event_id)) return undefined
  if (custom_data !== undefined && !isObject(custom_data)) return undefined
  const user_data = own(body, 'user_data')
  return {
    event_name,
    event_id,
    custom_data,
    event_source_url: text(body, 'event_source_url'),
    referrer_url: text(body, 'referrer_url'),
    fbc: isObject(user_data) ? text(user_data, 'fbc') : undefined,
    fbp: isObject(user_data) ? text(user_data, 'fbp') : undefined,
    hashes: isObject(user_data) ? hashesOf(user_data) : {},
    signed: text(body, 'signed', Number.POSITIVE_INFINITY),
    wishes: { ...optOutOf(own(body, 'opt_out')), ...limitsOf(body) },
  }
}

export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** Without an id that is its own, two events would count as one, or one as two. */
function isPageId(event_id: string | undefined): boolean {
  return event_id !== undefined && event_id.length <= 128 && readEventId(event_id, []) !== undefined
}

/** What a page may say of its visitor. Anything but a hash may be raw data of a person, and is not read. */
const HASHED = ['em', 'ph', 'external_id'] as const

function hashesOf(user_data: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const found = HASHED.map((key) => [key, text(user_data, key) ?? ''] as const)
  return Object.fromEntries(found.filter(([, hash]) => /^[0-9a-f]{64}$/.test(hash)))
}

function optOutOf(opt_out: unknown): object {
  return opt_out === undefined || yesNo(opt_out) === false ? {} : { opt_out }
}

function limitsOf(body: Readonly<Record<string, unknown>>): object {
  const limits = dataProcessing(body, [])
  return limits !== undefined && limits[OPTIONS].length > 0 ? limits : {}
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function own(fields: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(fields, key) ? (fields[key] ?? undefined) : undefined
}

function text(
  fields: Readonly<Record<string, unknown>>,
  key: string,
  most = MAX_TEXT,
): string | undefined {
  const value = own(fields, key)
  return typeof value === 'string' && value !== '' && value.length <= most ? value : undefined
}

/** Level by level, so that no depth of nesting exhausts the stack. */
function isShallow(body: object): boolean {
  let level: object[] = [body]
  let count = 0
  for (let depth = 0; level.length > 0; depth++) {
    if (depth >= MAX_DEPTH) return false
    const below: object[] = []
    for (const parent of level)
      for (const [key, value] of Object.entries(parent) as [string, unknown][]) {
        if (key === '__proto__' || ++count > MAX_VALUES) return false
        if (typeof value === 'object' && value !== null) below.push(value)
      }
    level = below
  }
  return true
}
