import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Diagnostic, EventQuality, PairsReport } from '../../../src/analysis/report.ts'
import type { ActiveFault, FaultRule } from '../../../src/faults/fault-rule.ts'
import type { MetaQuality } from '../../../src/reports/meta-quality.ts'
import { affectedEvents } from '../model/affected.ts'
import type { FilterKey } from '../model/filter-keys.ts'
import { getJson, putJson } from './api.ts'
import { loadClock } from './clock.ts'
import { connection } from './connection.ts'
import { affectedBy, events, filter, nearMissOf } from './events.ts'
import { route, tab } from './route.ts'

/** The last answer, and what went wrong when it could not be renewed. */
export interface Report<T> {
  readonly data?: T
  readonly error?: string
}

/**
 * Events may come by the hundred: a report is read again this long after the last read, and many times later than its
 * reading took.
 */
const REFRESH_MS = 800
const REST = 4

/** A report that is kept fresh while it is shown. */
function report<T>(path: string, isShown: () => boolean): ReadonlySignal<Report<T>> {
  const state = signal<Report<T>>({})
  let isAsked = false
  let isReading = false
  let nextMs = 0
  const readLater = () => setTimeout(() => void read(), Math.max(0, nextMs - Date.now()))
  const read = async () => {
    isAsked = false
    isReading = true
    const startMs = Date.now()
    try {
      state.value = { data: await getJson<T>(path) }
    } catch (error) {
      state.value = { ...state.peek(), error: messageOf(error) }
    }
    isReading = false
    nextMs = Date.now() + Math.max(REFRESH_MS, REST * (Date.now() - startMs))
    if (isAsked) readLater()
  }
  effect(() => {
    const isWanted = isShown() && connection.value !== 'connecting'
    // Read, so that a change of the events asks again.
    void events.value
    if (!isWanted || isAsked) return
    isAsked = true
    if (!isReading) readLater()
  })
  return state
}

function filters(wanted: FilterKey): boolean {
  return filter.value.terms.some(({ key }) => key === wanted)
}

/** The funnel, an event's detail and the filter half: name an event's other half, too. */
function showsHalves(): boolean {
  if (tab.value !== 'events') return tab.value === 'pairs' || tab.value === 'quality'
  return route.value.params['event'] !== undefined || filters('half')
}

export const pairs: ReadonlySignal<Report<PairsReport>> = report('/__capi/pairs', showsHalves)
effect(() => {
  const misses = pairs.value.data?.near_misses ?? []
  nearMissOf.value = new Map(
    misses.flatMap((miss) => [
      [miss.browser, miss],
      [miss.server, miss],
    ]),
  )
})

/** Estimates, and Meta's own numbers where someone brought them. */
export interface QualityReport {
  readonly quality: readonly EventQuality[]
  readonly meta?: MetaQuality
}

export const quality: ReadonlySignal<Report<QualityReport>> = report(
  '/__capi/quality',
  () => tab.value === 'quality',
)
export const diagnostics: ReadonlySignal<Report<{ readonly diagnostics: readonly Diagnostic[] }>> =
  report(
    '/__capi/diagnostics',
    () => tab.value === 'diagnostics' || (tab.value === 'events' && filters('finding')),
  )
effect(() => {
  affectedBy.value = affectedEvents(diagnostics.value.data?.diagnostics ?? [])
})

/** Faults matter on every tab: while one stands, answers are not what they seem. */
export const faults = signal<Report<readonly ActiveFault[]>>({})

export async function loadFaults(): Promise<void> {
  await settle(getJson('/__capi/faults'))
}

export async function replaceFaults(rules: readonly FaultRule[]): Promise<void> {
  await settle(putJson('/__capi/faults', { faults: rules }))
}

async function settle(answer: Promise<{ readonly faults: readonly ActiveFault[] }>): Promise<void> {
  try {
    faults.value = { data: (await answer).faults }
  } catch (error) {
    faults.value = { ...faults.peek(), error: messageOf(error) }
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Tests set the clock and faults behind this page's back, and each call may use one up. */
const SETTINGS_MS = 3000

function loadSettings(): void {
  void loadFaults()
  // The clock of an emulator that does not answer is shown as it was; a banner says so.
  loadClock().catch(() => undefined)
}

effect(() => {
  if (connection.value === 'live') loadSettings()
})
setInterval(() => {
  if (!document.hidden && connection.peek() === 'live') loadSettings()
}, SETTINGS_MS)

/** Those that are over stay in the list until they are taken away. */
export function isOver({ hits, times }: ActiveFault): boolean {
  return times !== undefined && hits >= times
}

/** Those that still strike. */
export const activeFaults = computed(
  () => faults.value.data?.filter((fault) => !isOver(fault)) ?? [],
)
