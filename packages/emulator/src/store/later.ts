/** Work on kept events that can wait until no call is being answered. */
export interface Later {
  add(id: number): void
  /** Does what is left of one, or of all. */
  finish(id?: number): void
  /** Does all that is left, and lets calls in between. */
  settle(): Promise<void>
  clear(): void
}

/** Calls in a burst come closer together than this. */
const IDLE_MS = 20
const SLICE_MS = 5

/** @param work what is to be done; an event may be gone by then */
export function createLater(work: (id: number) => void): Later {
  const left = new Set<number>()
  let addedMs = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const slice = () => {
    const endMs = performance.now() + SLICE_MS
    for (const id of left) {
      left.delete(id)
      work(id)
      if (performance.now() > endMs) return
    }
  }
  const arm = (ms: number) => {
    timer = setTimeout(tick, ms)
    timer.unref()
  }
  const tick = () => {
    timer = undefined
    const quietMs = performance.now() - addedMs
    if (quietMs >= IDLE_MS) slice()
    if (left.size > 0) arm(quietMs >= IDLE_MS ? 1 : IDLE_MS)
  }

  return {
    add(id) {
      left.add(id)
      addedMs = performance.now()
      if (timer === undefined) arm(IDLE_MS)
    },
    finish(id) {
      if (id !== undefined) {
        if (left.delete(id)) work(id)
        return
      }
      for (const one of left) work(one)
      left.clear()
    },
    async settle() {
      while (left.size > 0) {
        slice()
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
    clear: () => left.clear(),
  }
}
