/** The newest `max` items, each under a number that counts up from 1 and is never used again. */
export interface Ring<T> {
  /** The number the next item gets. */
  nextId(): number
  /** @returns the item that had to go for it. */
  push(item: T): T | undefined
  get(id: number): T | undefined
  /** Puts another in the place of a kept item. */
  replace(id: number, item: T): void
  /** Oldest first; a copy. */
  list(): T[]
  size(): number
  clear(): void
}

/** Appending costs the same however many are kept, and memory is bounded by `max`. */
export function createRing<T>(max: number): Ring<T> {
  // Grows to max and no further: number n stands at (n - base) % max.
  let slots: (T | undefined)[] = []
  let base = 1
  let firstId = 1
  let lastId = 0

  const isKept = (id: number) => Number.isInteger(id) && id >= firstId && id <= lastId
  const slotOf = (id: number) => (id - base) % max

  return {
    nextId: () => lastId + 1,
    push(item) {
      lastId += 1
      const isFull = lastId - firstId >= max
      const gone = isFull ? slots[slotOf(lastId)] : undefined
      if (isFull) firstId += 1
      slots[slotOf(lastId)] = item
      return gone
    },
    get: (id) => (isKept(id) ? slots[slotOf(id)] : undefined),
    replace(id, item) {
      if (isKept(id)) slots[slotOf(id)] = item
    },
    list() {
      const start = slotOf(firstId)
      const kept = [...slots.slice(start), ...slots.slice(0, start)]
      return kept.filter((item) => item !== undefined)
    },
    size: () => lastId - firstId + 1,
    clear() {
      slots = []
      firstId = lastId + 1
      base = firstId
    },
  }
}
