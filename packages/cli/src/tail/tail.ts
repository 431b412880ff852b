import { setTimeout as wait } from 'node:timers/promises'
import type { CapturedEvent } from '@capi/emulator'
import { findEmulator } from '../emulator/find-emulator.ts'
import { CliError } from '../shell/cli-error.ts'
import type { Exit } from '../shell/exit-codes.ts'
import type { Style, Terminal } from '../shell/terminal.ts'
import { sentEvents } from './server-sent-events.ts'

/** What `capi tail` takes. */
export interface TailOptions {
  readonly eventName?: string
  readonly source?: string
  readonly status?: string
  readonly max?: number
  readonly baseUrl?: string
}

const RETRY_MS = 1_000
/** An emulator that is restarted is back sooner. */
const MOST_RETRIES = 60

const STYLES: Readonly<Record<CapturedEvent['status'], Style>> = {
  processed: 'green',
  deduplicated: 'cyan',
  refused: 'red',
  faulted: 'yellow',
}

/** Prints events as they arrive. Waits for an emulator that is restarted, and goes on where it ended. */
export async function tail(terminal: Terminal, options: TailOptions): Promise<Exit> {
  const address = await findEmulator(terminal, options.baseUrl)
  const seen = { lastId: '', left: options.max ?? Number.POSITIVE_INFINITY }
  terminal.say(`Events of ${address}, until Ctrl-C`)
  for (let failures = 0; failures < MOST_RETRIES; failures++) {
    const headers = seen.lastId === '' ? {} : { 'last-event-id': seen.lastId }
    const response = await fetch(`${address}/__capi/events/stream`, { headers }).catch(
      () => undefined,
    )
    if (response?.ok && response.body) {
      if (failures > 0) terminal.say('The emulator is back.')
      failures = 0
      if (await printAll(terminal, response.body, { options, seen })) return 'ok'
      terminal.say('The emulator ended; waiting for it.')
    }
    await wait(RETRY_MS)
  }
  throw new CliError(
    'unreachable',
    `The emulator at ${address} does not come back. Start it again.`,
  )
}

/** Until the stream ends. @returns whether enough was printed */
async function printAll(
  terminal: Terminal,
  body: AsyncIterable<Uint8Array>,
  {
    options,
    seen,
  }: { readonly options: TailOptions; readonly seen: { lastId: string; left: number } },
): Promise<boolean> {
  try {
    for await (const { name, data, id } of sentEvents(body)) {
      if (id !== undefined) seen.lastId = id
      if (name !== 'capi') continue
      const event = JSON.parse(data) as CapturedEvent
      if (!isWanted(event, options)) continue
      terminal.print(terminal.isJson ? data : lineOf(terminal, event))
      if (--seen.left === 0) return true
    }
  } catch {
    // The connection broke: the emulator was stopped.
  }
  return false
}

function isWanted(event: CapturedEvent, { eventName, source, status }: TailOptions): boolean {
  return (
    (eventName === undefined || event.event_name === eventName) &&
    (source === undefined || event.source === source) &&
    (status === undefined || event.status === status)
  )
}

/** Nothing of a person: names of keys, no values but money. */
function lineOf(terminal: Terminal, event: CapturedEvent): string {
  const { received_at, source, status, event_name, event_id, payload, error, issues = [] } = event
  const { value, currency } = Object(payload['custom_data']) as Readonly<Record<string, unknown>>
  const parts = [
    new Date(received_at).toISOString().slice(11, 23),
    source.padEnd(7),
    terminal.paint(STYLES[status], status.padEnd(12)),
    event_name,
    event_id,
    [value, currency].filter((one) => ['number', 'string'].includes(typeof one)).join(' '),
    error && `${error.rule}: ${error.title}`,
    issues.length > 0 ? issues.map(({ rule }) => rule).join(',') : undefined,
  ]
  return parts.filter((part) => part !== undefined && part !== '').join('  ')
}
