import { signal } from '@preact/signals'
import { getJson, putJson } from './api.ts'

/** The emulator's clock, as its API gives it. */
export interface ClockState {
  readonly now: string
  readonly is_stopped: boolean
  /** By how much it is ahead of this machine's clock. */
  readonly ahead_ms: number
}

export const clock = signal<ClockState>({ now: '', is_stopped: false, ahead_ms: 0 })

/** The emulator's time for "12 s ago", each second; it stands still while the page is hidden. */
export const nowMs = signal(Date.now())

function tick(): void {
  const { is_stopped, now, ahead_ms } = clock.peek()
  nowMs.value = is_stopped ? Date.parse(now) : Date.now() + ahead_ms
}

setInterval(() => {
  if (!document.hidden) tick()
}, 1000)

export async function loadClock(): Promise<void> {
  clock.value = await getJson<ClockState>('/__capi/clock')
  tick()
}

/** Sets it forward by a span, stops it at a time, or lets it run (null). */
export async function setClock(
  change: { advance: string } | { now: string | null },
): Promise<void> {
  clock.value = await putJson<ClockState>('/__capi/clock', change)
  tick()
}
