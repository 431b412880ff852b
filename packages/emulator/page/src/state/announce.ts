import { signal } from '@preact/signals'
import { plural } from '../model/format.ts'

/** What a screen reader is told. */
export const announcement = signal('')

const QUIET_MS = 5000
let arrived = 0
let timer: ReturnType<typeof setTimeout> | undefined

export function announce(text: string): void {
  announcement.value = text
}

/** Says how many events came, at most once in five seconds. */
export function announceArrivals(count: number): void {
  if (count === 0) return
  arrived += count
  if (timer !== undefined) return
  timer = setTimeout(() => {
    timer = undefined
    announce(plural(arrived, 'new event'))
    arrived = 0
  }, QUIET_MS)
}
