/**
 * Ids that were seen, as 64 bits of their hash: 16 bytes each at most, where a set of texts takes 100. Of a million ids, two share these
 * bits once in 37 million files.
 */
export function seenIds() {
  let high = new Uint32Array(1 << 12)
  let low = new Uint32Array(1 << 12)
  let size = 0

  /** @returns whether it was not there. */
  function insert(one: number, other: number): boolean {
    const mask = high.length - 1
    for (let at = (one ^ other) & mask; ; at = (at + 1) & mask) {
      if (high[at] === 0 && low[at] === 0) {
        high[at] = one
        low[at] = other
        return true
      }
      if (high[at] === one && low[at] === other) return false
    }
  }

  function grow(): void {
    const [oldHigh, oldLow] = [high, low]
    high = new Uint32Array(oldHigh.length * 2)
    low = new Uint32Array(oldHigh.length * 2)
    // Not entries(): a list for each slot is slow.
    for (let at = 0; at < oldHigh.length; at++) {
      const one = oldHigh[at] ?? 0
      const other = oldLow[at] ?? 0
      if (one !== 0 || other !== 0) insert(one, other)
    }
  }

  return {
    /** @param hex at least 16 digits of a hash @returns whether it is new. */
    add(hex: string): boolean {
      if (size * 10 > high.length * 7) grow()
      const isNew = insert(
        Number.parseInt(hex.slice(0, 8), 16),
        Number.parseInt(hex.slice(8, 16), 16) || 1,
      )
      if (isNew) size++
      return isNew
    },
  }
}
