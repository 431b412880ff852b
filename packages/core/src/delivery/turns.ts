/** Runs work, at most so many at a time; the rest waits in the order it came. */
export interface Turns {
  /** @param work never rejects. */
  add(work: () => Promise<void>): void
  /** What waits is not run. */
  clear(): void
  /** Calls back when nothing runs or waits any more; at once if nothing does. */
  onIdle(callback: () => void): void
}

export function createTurns(most: number): Turns {
  const queue: (() => Promise<void>)[] = []
  const callbacks: (() => void)[] = []
  let running = 0

  function next(): void {
    const work = running < most ? queue.shift() : undefined
    if (work !== undefined) {
      running++
      void work().finally(() => {
        running--
        next()
      })
    } else if (running === 0) for (const callback of callbacks.splice(0)) callback()
  }

  return {
    add(work) {
      queue.push(work)
      next()
    },
    clear() {
      queue.length = 0
      next()
    },
    onIdle(callback) {
      callbacks.push(callback)
      next()
    },
  }
}

/** The result of work that has its turn. */
export function inTurn<T>(turns: Turns, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    turns.add(() => work().then(resolve, reject))
  })
}
