interface Timer {
  readonly at: number
  readonly callback: () => void
}

/** Time that passes only when told to. Fits `Clock` of @capi/core. */
export interface FakeClock {
  now(): number
  after(delayMs: number, callback: () => void): () => void
  /** Lets time pass, runs what falls due in order, and lets promises settle in between. */
  advance(ms: number): Promise<void>
}

export function fakeClock(startMs = Date.UTC(2026, 10, 23, 12)): FakeClock {
  let now = startMs
  const timers = new Set<Timer>()

  return {
    now: () => now,
    after(delayMs, callback) {
      const timer = { at: now + delayMs, callback }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    async advance(ms) {
      const end = now + ms
      await settle()
      for (let next = earliest(timers, end); next !== undefined; next = earliest(timers, end)) {
        timers.delete(next)
        now = next.at
        next.callback()
        await settle()
      }
      now = end
    },
  }
}

function earliest(timers: ReadonlySet<Timer>, end: number): Timer | undefined {
  const due = [...timers].filter((timer) => timer.at <= end)
  return due.sort((a, b) => a.at - b.at)[0]
}

/** Promise chains of some length end here; nothing waits on real time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise<void>((resolve) => setImmediate(resolve))
}
