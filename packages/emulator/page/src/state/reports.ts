import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Diagnostic, EventQuality, PairsReport } from '../../../src/analysis/report.ts'
import type { ActiveFault, FaultRule } from '../../../src/faults/fault-rule.ts'
import type { MetaQuality } from '../../../src/reports/meta-quality.ts'
import type { TabId } from '../model/route.ts'
import { getJson, putJson } from './api.ts'
import { connection } from './connection.ts'
import { events } from './events.ts'
import { tab } from './route.ts'

/** The last answer, and what went wrong when it could not be renewed. */
export interface Report<T> {
  readonly data?: T
  readonly error?: string
}

/** Events may come by the hundred; a report is read again this long after the last read. */
const REFRESH_MS = 800

/** A report that is kept fresh while its tab is open. */
function report<T>(path: string, owner: TabId): ReadonlySignal<Report<T>> {
  const state = signal<Report<T>>({})
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastMs = 0
  const read = () => {
    timer = undefined
    lastMs = Date.now()
    getJson<T>(path).then(
      (data) => {
        state.value = { data }
      },
      (error: unknown) => {
        state.value = { ...state.peek(), error: messageOf(error) }
      },
    )
  }
  effect(() => {
    const isWanted = tab.value === owner && connection.value !== 'connecting'
    // Read, so that a change of the events asks again.
    void events.value
    if (!isWanted || timer !== undefined) return
    timer = setTimeout(read, Math.max(0, lastMs + REFRESH_MS - Date.now()))
  })
  return state
}

export const pairs: ReadonlySignal<Report<PairsReport>> = report('/__capi/pairs', 'pairs')
/** Estimates, and Meta's own numbers where someone brought them. */
export interface QualityReport {
  readonly quality: readonly EventQuality[]
  readonly meta?: MetaQuality
}

export const quality: ReadonlySignal<Report<QualityReport>> = report('/__capi/quality', 'quality')
export const diagnostics: ReadonlySignal<Report<{ readonly diagnostics: readonly Diagnostic[] }>> =
  report('/__capi/diagnostics', 'diagnostics')

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

/** Tests set and end faults behind this page's back, and each call may use one up. */
const FAULTS_MS = 3000

effect(() => {
  if (connection.value === 'live') void loadFaults()
})
setInterval(() => {
  if (!document.hidden && connection.peek() === 'live') void loadFaults()
}, FAULTS_MS)

/** Those that are over stay in the list until they are taken away. */
export function isOver({ hits, times }: ActiveFault): boolean {
  return times !== undefined && hits >= times
}

/** Those that still strike. */
export const activeFaults = computed(
  () => faults.value.data?.filter((fault) => !isOver(fault)) ?? [],
)
