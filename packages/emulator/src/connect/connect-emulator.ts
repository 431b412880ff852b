import { readTime } from '../clock.ts'
import { durationMs } from '../duration.ts'
import { EmulatorError } from '../emulator-error.ts'
import { checkFaultRule } from '../faults/check-fault-rule.ts'
import type { ActiveFault } from '../faults/fault-rule.ts'
import { knownOptions } from '../known-options.ts'
import { CONNECT_OPTIONS, DIAGNOSTICS_OPTIONS, WAIT_OPTIONS } from '../option-tables.ts'
import type { ConnectOptions } from '../options.ts'
import { checkCallFilter } from '../store/call-filter.ts'
import type { CapturedEvent } from '../store/captured-event.ts'
import { checkDataset, type DatasetFilter } from '../store/dataset-filter.ts'
import { checkFilter, type EventFilter, matcherOf } from '../store/event-filter.ts'
import { MAX_WAIT_MS, notReceived } from '../store/wait-for-event.ts'
import { type Ask, askerOf } from './ask.ts'
import { branded, type ConnectedEmulator } from './connected-emulator.ts'
import { sendable } from './sendable.ts'

const NO_TEXT = 'importEvents must be given the text of an export.'

/**
 * An emulator that runs in another process: under `capi-emulator exec`, as Playwright's `webServer`, in a container. Every
 * function is that of `createEmulator()`, asynchronous; matchers take it, and `await` them. Nothing is asked before the first
 * call. Throws an EmulatorError (`option_invalid`) for what is no URL; its functions reject with `emulator_unreachable` where
 * none answers, and `not_an_emulator` where something else does.
 * @example
 * const emulator = connectEmulator(process.env.CAPI_BASE_URL ?? 'http://127.0.0.1:2274', { pixelId: '1000000001' })
 * await emulator.clear()
 * // … the code under test
 * await emulator.waitForEvent({ event_name: 'Purchase', custom_data: { value: 12 } })
 * await expect(emulator).toHaveReceivedOnce('Purchase')
 */
export function connectEmulator(
  url: string | URL,
  options: ConnectOptions = {},
): ConnectedEmulator {
  const { pixelId, timeoutMs = 5_000 } = knownOptions(options, CONNECT_OPTIONS, 'connectEmulator')
  const base = baseOf(url)
  const ask = askerOf(base)
  const scoped = <T extends DatasetFilter>(filter: T): T => ({
    ...filter,
    pixel_id: filter.pixel_id ?? pixelId,
  })
  const read = async <T>(path: string, filter: object): Promise<T> =>
    JSON.parse((await ask('GET', `${path}${queryOf(filter)}`)).text) as T
  /** The list that an answer holds under the name of its path. */
  const list = async <T>(path: string, filter: object): Promise<T> =>
    Reflect.get(await read<object>(path, filter), path) as T
  const remove = async (path: string, filter: DatasetFilter) => {
    await ask('DELETE', `${path}${queryOf(scoped(filter))}`)
  }

  const events = async (filter: EventFilter = {}) => {
    const wanted = scoped(checkFilter(filter, 'events'))
    const { pixel_id, event_name, event_id } = wanted
    const found = await list<Events>('events', texts({ pixel_id, event_name, event_id }))
    return found.filter(matcherOf(wanted))
  }
  const calls: ConnectedEmulator['calls'] = (filter = {}) =>
    list('calls', scoped(checkCallFilter(filter, 'calls')))

  return branded({
    url: base,
    pixelId,
    options: { pixelId: pixelId ?? '1234567890', accessToken: 'emulator', baseUrl: base },
    events,
    calls,
    clear: async (filter = {}) => remove('events', checkDataset(filter, 'clear')),
    pairs: async (filter = {}) => read('pairs', scoped(checkDataset(filter, 'pairs'))),
    quality: async (filter = {}) => list('quality', scoped(checkDataset(filter, 'quality'))),
    diagnostics: async (filter = {}) =>
      list('diagnostics', scoped(knownOptions(filter, DIAGNOSTICS_OPTIONS, 'diagnostics'))),
    exportEvents: async (filter = {}) => {
      const wanted = scoped(checkDataset(filter, 'exportEvents'))
      return (await ask('GET', `export.ndjson${queryOf(wanted)}`)).text
    },
    importEvents: async (text) => {
      if (typeof text !== 'string') throw new EmulatorError('option_invalid', NO_TEXT)
      return JSON.parse((await ask('POST', 'import', text)).text)
    },
    waitForEvent: async (filter, waiting = {}) => {
      const wanted = scoped(checkFilter(filter, 'waitForEvent'))
      const given = knownOptions(waiting, WAIT_OPTIONS, 'waitForEvent')
      const ms = given.timeoutMs ?? timeoutMs
      const found = await waitFor(ask, wanted, { timeoutMs: ms, after: given.after })
      if (found !== undefined) return found
      throw notReceived(filter, `within ${ms} ms`, { events: await events(), calls: await calls() })
    },
    fail: async (rule) => {
      const query = queryOf(scoped({}))
      const { text } = await ask('POST', `faults${query}`, checkFaultRule(rule))
      const { id } = JSON.parse(text) as ActiveFault
      return async () => {
        await ask('DELETE', `faults/${id}`)
      }
    },
    faults: {
      list: async (filter = {}) => list('faults', scoped(checkDataset(filter, 'faults.list'))),
      clear: async (filter = {}) => remove('faults', checkDataset(filter, 'faults.clear')),
    },
    setNow: async (time) => {
      const now = time === undefined ? null : new Date(readTime(time)).toISOString()
      await ask('PUT', 'clock', { now })
    },
    advance: async (span) => {
      await ask('PUT', 'clock', { advance: durationMs(span) })
    },
  })
}

type Events = readonly CapturedEvent[]

/** Undefined when time is up. The emulator knows no matcher of a test: what it finds is compared here once more. */
async function waitFor(
  ask: Ask,
  filter: EventFilter,
  {
    timeoutMs,
    after: first = 0,
  }: { readonly timeoutMs: number; readonly after?: number | undefined },
): Promise<CapturedEvent | undefined> {
  const matches = matcherOf(filter)
  const endMs = performance.now() + timeoutMs
  let after = first
  for (;;) {
    const leftMs = Math.max(0, Math.ceil(endMs - performance.now()))
    const body = { filter: sendable(filter), after, timeoutMs: Math.min(leftMs, MAX_WAIT_MS) }
    const { status, text } = await ask('POST', 'wait', body)
    if (status !== 200) {
      if (leftMs > MAX_WAIT_MS) continue
      return undefined
    }
    const event = JSON.parse(text) as CapturedEvent
    if (matches(event)) return event
    after = event.id
  }
}

function baseOf(url: string | URL): string {
  const text = String(url ?? '').trim()
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    const message =
      'connectEmulator needs the address of an emulator, such as http://127.0.0.1:2274.'
    throw new EmulatorError('option_invalid', message)
  }
  const { origin, pathname } = new URL(text)
  return `${origin}${pathname}`.replace(/\/+$/, '')
}

function texts(filter: object): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => typeof value === 'string'))
}

function queryOf(filter: object): string {
  const known = Object.entries(filter).filter(([, value]) => value !== undefined)
  const query = new URLSearchParams(
    Object.fromEntries(known.map(([key, value]) => [key, String(value)])),
  ).toString()
  return query === '' ? '' : `?${query}`
}
