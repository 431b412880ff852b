import { parseGraphResponse } from '@capi/core/adapter'

/** What matters of an answer; holds neither the token nor anything of a person. */
export interface Answer {
  /** 0 when there was none. */
  readonly status: number
  readonly eventsReceived?: number | undefined
  /** `code` or `code/subcode`. */
  readonly code?: string | undefined
  /** Which event of the batch is blamed, where the answer says. */
  readonly eventIndex?: number | undefined
  readonly messages: readonly string[]
  /** Meta's own words on the error, shortened. */
  readonly title?: string | undefined
  readonly fbtrace_id?: string | undefined
  readonly apiVersion?: string | undefined
  /** Names of headers that tell how much of a limit is used. */
  readonly usageHeaders: readonly string[]
}

const MAX_TEXT = 100

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function parsed(body: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(body)
    return isObject(json) ? json : {}
  } catch {
    return {} // A proxy's page.
  }
}

/** Words of the other side, for a terminal: one line, and never the token. */
function clean(text: unknown, accessToken: string): string {
  const shown = String(text)
    .replaceAll(accessToken, '[token]')
    .replace(/\p{C}+/gu, ' ')
  return shown.length > MAX_TEXT ? `${shown.slice(0, MAX_TEXT)}…` : shown
}

export async function readAnswer(response: Response, accessToken: string): Promise<Answer> {
  const body = await response.text()
  const graph = parseGraphResponse(response.status, body)
  const json = parsed(body)
  const error = isObject(json['error']) ? json['error'] : undefined
  const words = error?.['error_user_title'] ?? error?.['message']
  const messages = Array.isArray(json['messages']) ? json['messages'] : []
  const version = response.headers.get('facebook-api-version')
  return {
    status: response.status,
    ...(graph.ok
      ? { eventsReceived: graph.events_received }
      : {
          code: [graph.code, graph.error_subcode].filter((part) => part !== undefined).join('/'),
          eventIndex: graph.event_index,
        }),
    messages: messages.map((message) => clean(message, accessToken)),
    title: words === undefined ? undefined : clean(words, accessToken),
    fbtrace_id: graph.fbtrace_id,
    apiVersion: version === null ? undefined : clean(version, accessToken),
    usageHeaders: [...response.headers.keys()].filter((name) => /usage|throttle/.test(name)),
  }
}

/** A call that failed on the way. @param error is not printed: it may hold the address with everything in it. */
export function noAnswer(error: unknown): Answer {
  const cause = error instanceof Error && isObject(error.cause) ? error.cause : {}
  const name = error instanceof Error ? error.name : 'unknown'
  const code = typeof cause['code'] === 'string' ? cause['code'] : name
  return { status: 0, code, messages: [], usageHeaders: [] }
}

export function describe(answer: Answer): string {
  const { status, eventsReceived, code, eventIndex, messages, title, fbtrace_id } = answer
  const parts = [
    status === 0 ? 'no answer' : String(status),
    eventsReceived === undefined ? undefined : `received ${eventsReceived}`,
    code === undefined || code === '' ? undefined : `error ${code}`,
    eventIndex === undefined ? undefined : `blames data[${eventIndex}]`,
    title === undefined ? undefined : `"${title}"`,
    messages.length === 0 ? undefined : `messages ${JSON.stringify(messages)}`,
    fbtrace_id === undefined ? undefined : `fbtrace_id ${fbtrace_id}`,
  ]
  return parts.filter((part) => part !== undefined).join('  ')
}

/** Where two answers part, in words; empty when a client could not tell them apart. */
export function differences(meta: Answer, emulator: Answer): string[] {
  const rows = [
    ['status', meta.status, emulator.status],
    ['events_received', meta.eventsReceived, emulator.eventsReceived],
    ['error', meta.code, emulator.code],
    ['blamed event', meta.eventIndex, emulator.eventIndex],
    ['messages', meta.messages.length, emulator.messages.length],
  ] as const
  return rows.flatMap(([what, theirs, ours]) =>
    theirs === ours ? [] : [`${what}: Meta ${theirs ?? 'none'}, emulator ${ours ?? 'none'}`],
  )
}
