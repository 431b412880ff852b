import {
  buildEvent,
  CapiError,
  type CapiOptions,
  createCapi,
  type Issue,
  type SendResult,
} from '@capi/core'
import { DEFAULT_API_VERSION } from '@capi/core/adapter'
import { applyAssignments } from '../events/assignments.ts'
import { isFinding } from '../events/located-event.ts'
import { type InputFormat, openEvents } from '../events/open-events.ts'
import { CliError } from '../shell/cli-error.ts'
import type { ClientFlags } from '../shell/client-flags.ts'
import { clientSettings, demandDataset } from '../shell/client-settings.ts'
import type { Exit } from '../shell/exit-codes.ts'
import { isLocal } from '../shell/is-local.ts'
import type { Terminal } from '../shell/terminal.ts'
import { asCurl } from './as-curl.ts'

/** What `capi send` takes beside the name of an event. */
export interface SendOptions extends ClientFlags {
  readonly set?: readonly string[]
  readonly actionSource: string
  readonly file?: string
  readonly input?: InputFormat
  readonly testEventCode?: string
  readonly live?: boolean
  readonly uploadTag?: string
  readonly dryRun?: boolean
  readonly print?: 'json' | 'curl'
}

/** Sends events, or with `--dry-run` prints what would be sent. */
export async function send(
  terminal: Terminal,
  name: string | undefined,
  options: SendOptions,
): Promise<Exit> {
  const events = await eventsOf(terminal, name, options)
  const isDry = options.dryRun === true || options.print !== undefined
  const settings = settingsOf(terminal, options, isDry)
  return isDry
    ? printPayload(terminal, events, { settings, form: options.print ?? 'json' })
    : deliver(terminal, events, settings)
}

async function eventsOf(
  { stdin }: Terminal,
  name: string | undefined,
  { file, input, set = [], actionSource }: SendOptions,
): Promise<readonly unknown[]> {
  if ((name === undefined) === (file === undefined))
    throw new CliError('usage_invalid', 'Name one event, or pass --file with events.')
  if (file === undefined) {
    const event: Record<string, unknown> = { event_name: name, action_source: actionSource }
    applyAssignments(event, set)
    return [event]
  }
  const events: unknown[] = []
  for await (const read of openEvents({ file, format: input }, stdin)) {
    if (!isFinding(read)) events.push(read.event)
    else if (read.severity === 'error') {
      const message = `${file}:${read.line}: ${read.message} Nothing was sent. ${read.fix}`
      throw new CliError('input_invalid', message)
    }
  }
  if (events.length === 0) throw new CliError('input_invalid', `There is no event in ${file}.`)
  return events
}

/** @throws CliError `usage_invalid` unless it is clear whether the events are meant. */
function settingsOf({ env, say }: Terminal, options: SendOptions, isDry: boolean): CapiOptions {
  const { testEventCode: ofEnv, ...settings } = clientSettings(env, options)
  const { live = false, uploadTag, testEventCode = live ? undefined : ofEnv } = options
  if (live && testEventCode !== undefined)
    throw new CliError('usage_invalid', 'Pass --test-event-code or --live, not both.')
  if (!live && testEventCode === undefined && !isDry && !isLocal(settings.baseUrl))
    throw new CliError(
      'usage_invalid',
      'Meta counts every event. Pass --test-event-code to see it under Test events, or --live if it is a real one. Nothing was sent.',
    )
  return { ...settings, testEventCode, uploadTag, logger: { warn: say, error: say } }
}

function printPayload(
  terminal: Terminal,
  events: readonly unknown[],
  { settings, form }: { readonly settings: CapiOptions; readonly form: 'json' | 'curl' },
): Exit {
  const built = events.map((event) => buildEvent(event))
  for (const [index, { issues }] of built.entries()) sayIssues(terminal, index, issues)
  const { testEventCode, uploadTag, pixelId, baseUrl, apiVersion = DEFAULT_API_VERSION } = settings
  const payload = {
    data: built.flatMap(({ event }) => event ?? []),
    ...(testEventCode !== undefined && { test_event_code: testEventCode }),
    ...(uploadTag !== undefined && { upload_tag: uploadTag }),
  }
  if (payload.data.length > 0) {
    const address = `${baseUrl ?? 'https://graph.facebook.com'}/${apiVersion}/${String(pixelId ?? '$META_PIXEL_ID')}/events`
    terminal.print(form === 'curl' ? asCurl(address, payload) : JSON.stringify(payload, null, 2))
  }
  return payload.data.length === events.length ? 'ok' : 'gate'
}

async function deliver(
  terminal: Terminal,
  events: readonly unknown[],
  settings: CapiOptions,
): Promise<Exit> {
  demandDataset(settings)
  const capi = createCapi(settings)
  try {
    printResult(terminal, await capi.send(events as never))
    return 'ok'
  } catch (error) {
    if (!CapiError.is(error) || error.partial === undefined) throw error
    const isPartial = error.partial.receipts.some(({ outcome }) => outcome === 'delivered')
    printResult(terminal, error.partial)
    if (!isPartial) throw error
    terminal.say(error.message)
    return 'partial'
  } finally {
    await capi.close()
  }
}

function printResult(terminal: Terminal, result: SendResult): void {
  const { receipts, responses } = result
  for (const [index, { issues }] of receipts.entries()) sayIssues(terminal, index, issues)
  if (terminal.isJson) {
    terminal.print(JSON.stringify(result))
    return
  }
  for (const { event_id, outcome, reason } of receipts) {
    const word = terminal.paint(outcome === 'delivered' ? 'green' : 'red', outcome)
    terminal.print(`${word} ${event_id}${reason === undefined ? '' : ` (${reason})`}`)
  }
  for (const { pixelId, events_received, fbtrace_id, messages = [] } of responses) {
    const trace = fbtrace_id === undefined ? '' : `, fbtrace_id ${fbtrace_id}`
    terminal.say(`Dataset ${pixelId} received ${events_received}${trace}`)
    for (const message of messages) terminal.say(`  ${message}`)
  }
}

function sayIssues(terminal: Terminal, index: number, issues: readonly Issue[]): void {
  for (const { severity, path, code, message, fix } of issues) {
    const style = severity === 'error' ? 'red' : 'yellow'
    terminal.say(`data[${index}] ${terminal.tint(style, code)} ${path}: ${message} ${fix}`)
  }
}
