/** The newest `max` items, each under a number that counts up from 1 and is never used again. */
export interface Ring<T> {
  /** The number the next item gets. */
  nextId(): number
  /** @returns the item that had to go for it. */
  push(item: T): T | undefined
  get(id: number): T | undefined
  /** Puts another in the place of a kept item. */
  replace(id: number, item: T): void
  /** Takes the oldest away; undefined when there is none. */
  shift(): T | undefined
  /** Makes room for another. */
  remove(id: number): void
  /** Oldest first; a copy. */
  list(): T[]
  size(): number
  clear(): void
}

/** Appending costs the same however many are kept, and memory is bounded by `max`. */
export function createRing<T>(max: number): Ring<T> {
  // In order of numbers, for that is the order in which they come.
  const kept = new Map<number, T>()
  /** None with a lower number is kept. Looked up by number: a Map's first key is slow to find once many are gone. */
  let firstId = 1
  let lastId = 0

  const takeOldest = (): T | undefined => {
    while (!kept.has(firstId)) firstId += 1
    const oldest = kept.get(firstId)
    kept.delete(firstId)
    return oldest
  }

  return {
    nextId: () => lastId + 1,
    push(item) {
      lastId += 1
      kept.set(lastId, item)
      return kept.size > max ? takeOldest() : undefined
    },
    shift: () => (kept.size > 0 ? takeOldest() : undefined),
    get: (id) => kept.get(id),
    replace(id, item) {
      if (kept.has(id)) kept.set(id, item)
    },
    remove(id) {
      kept.delete(id)
    },
    list: () => [...kept.values()],
    size: () => kept.size,
    clear() {
      kept.clear()
      firstId = lastId + 1
    },
  }
}
