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
  readonly signed?: string | undefined
  /** What the page says of how the data may be used, unread. */
  readonly wishes: Readonly<Record<string, unknown>>
}

/** By them a person can only be limited: a page's word for no limit is not read. */
const WISHES = [
  'opt_out',
  'data_processing_options',
  'data_processing_options_country',
  'data_processing_options_state',
]

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
  if (event_name !== 'Purchase' && (event_id === undefined || event_id.length > 128))
    return undefined
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
    signed: text(body, 'signed'),
    wishes: Object.fromEntries(
      WISHES.map((key) => [key, own(body, key)]).filter(([, value]) => !isNone(value)),
    ),
  }
}

export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function isNone(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : value === '[]'
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function own(fields: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(fields, key) ? (fields[key] ?? undefined) : undefined
}

function text(fields: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = own(fields, key)
  return typeof value === 'string' && value !== '' && value.length <= MAX_TEXT ? value : undefined
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
