/** Slots for each id: with a quarter of them free, an id is found at its second try. */
const SPACE = 1.4
const FEWEST = 1_024

/**
 * Ids that were seen, as 64 bits of their hash: 11 bytes each, where a set of texts takes 100. Of a million ids, two share these bits
 * once in 37 million files.
 * @param expected about how many there will be: growing takes twice the memory for a moment
 */
export function seenIds(expected = 0) {
  let capacity = Math.max(FEWEST, Math.ceil(expected * SPACE))
  let table = new Uint32Array(capacity * 2)
  let size = 0

  /** @returns whether it was not there. */
  function insert(high: number, low: number): boolean {
    let slot = Math.floor((high / 2 ** 32) * capacity)
    for (;;) {
      const at = slot * 2
      if (table[at] === 0 && table[at + 1] === 0) {
        table[at] = high
        table[at + 1] = low
        return true
      }
      if (table[at] === high && table[at + 1] === low) return false
      slot = slot + 1 === capacity ? 0 : slot + 1
    }
  }

  function grow(): void {
    const old = table
    capacity = Math.ceil(capacity * 1.5)
    table = new Uint32Array(capacity * 2)
    for (let at = 0; at < old.length; at += 2) {
      const [high = 0, low = 0] = [old[at], old[at + 1]]
      if (high !== 0 || low !== 0) insert(high, low)
    }
  }

  return {
    /** @param hex at least 16 digits of a hash @returns whether it is new. */
    add(hex: string): boolean {
      if (size * 5 > capacity * 4) grow()
      const high = Number.parseInt(hex.slice(0, 8), 16)
      const isNew = insert(high, Number.parseInt(hex.slice(8, 16), 16) || 1)
      if (isNew) size++
      return isNew
    },
  }
}
