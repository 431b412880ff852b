import { setTimeout } from 'node:timers/promises'

/** Lets so many events a second pass; without a rate, all. */
export function pace(perSecond: number | undefined) {
  let freeMs = performance.now()
  return {
    /** How many may pass together. */
    step:
      perSecond === undefined ? Number.POSITIVE_INFINITY : Math.max(1, Math.ceil(perSecond / 10)),
    /** Waits until so many more may pass. */
    async wait(events: number): Promise<void> {
      if (perSecond === undefined) return
      const nowMs = performance.now()
      const waitMs = freeMs - nowMs
      freeMs = Math.max(nowMs, freeMs) + (events / perSecond) * 1_000
      if (waitMs > 0) await setTimeout(waitMs)
    },
  }
}
