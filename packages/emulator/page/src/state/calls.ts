import { computed, effect, signal } from '@preact/signals'
import type { RecordedCall } from '../../../src/store/recorded-call.ts'
import { applyCalls, type CallMessage, callFilter, rowsOf } from '../model/call-log.ts'
import { MAX_EVENTS } from '../model/event-log.ts'
import { getJson } from './api.ts'
import { liveList } from './live-list.ts'
import { route, tab } from './route.ts'

/** In order of arrival. Read when the tab is opened first. */
export const calls = signal<readonly RecordedCall[]>([])
export const hasCalls = signal(false)

const log = liveList<RecordedCall, CallMessage>({
  list: calls,
  max: MAX_EVENTS,
  load: async () => (await getJson<{ calls: readonly RecordedCall[] }>('/__capi/calls')).calls,
  apply: applyCalls,
})

let isRead = false

/** What is kept is no longer what the emulator has: read again, now or when the tab is opened. */
export function renewCalls(): void {
  isRead = false
  if (tab.peek() === 'calls') void readCalls()
}

async function readCalls(): Promise<void> {
  isRead = true
  if (await log.read()) hasCalls.value = true
}

effect(() => {
  if (tab.value === 'calls' && !isRead) void readCalls()
})

export function takeCall(message: CallMessage): void {
  if (isRead) log.take(message)
}

export const callQuery = computed(() => route.value.params['q'] ?? '')

/** What the filter lets through, in order of arrival. */
export const matchingCalls = computed(() => {
  const wanted = callQuery.value
  return wanted === '' ? calls.value : calls.value.filter(callFilter(wanted))
})

/** The same, newest first, tries of one event together. */
export const callRows = computed(() => rowsOf(matchingCalls.value))
