interface Timer {
  readonly at: number
  readonly callback: () => void
}

/** Time that passes only when told to. Fits `Clock` of @capi/core. */
export interface FakeClock {
  now(): number
  tick(): number
  after(delayMs: number, callback: () => void): () => void
  /** Lets time pass, runs what falls due in order, and lets promises settle in between. */
  advance(ms: number): Promise<void>
  /** The machine's clock is set, forwards or back: `now` jumps, and no time passes. */
  jump(ms: number): void
  /** How many callbacks wait for their time: none, once all that was started has ended. */
  timers(): number
}

/** @param turns of the event loop that promises get to settle in; more for longer chains */
export function fakeClock(startMs = Date.UTC(2026, 10, 23, 12), turns = 20): FakeClock {
  let tick = 0
  /** What `now` is at tick 0. */
  let epochMs = startMs
  const timers = new Set<Timer>()

  return {
    now: () => epochMs + tick,
    tick: () => tick,
    after(delayMs, callback) {
      const timer = { at: tick + delayMs, callback }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    async advance(ms) {
      const end = tick + ms
      await settle(turns)
      for (let next = earliest(timers, end); next !== undefined; next = earliest(timers, end)) {
        timers.delete(next)
        tick = next.at
        next.callback()
        await settle(turns)
      }
      tick = end
    },
    jump(ms) {
      epochMs += ms
    },
    timers: () => timers.size,
  }
}

function earliest(timers: ReadonlySet<Timer>, end: number): Timer | undefined {
  const due = [...timers].filter((timer) => timer.at <= end)
  return due.sort((a, b) => a.at - b.at)[0]
}

/** Promise chains of some length end here; nothing waits on real time. */
async function settle(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++)
    await new Promise<void>((resolve) => setImmediate(resolve))
}
