export interface Memo {
  get(text: string): string | undefined
  set(text: string, hash: string): void
}

/** Long values are rare ones. */
const MAX_LENGTH = 40

/**
 * Remembers the hashes of a field that has few values (country, city, first name). Bounded: when
 * one generation is full it becomes the old one, and what was not asked for again is forgotten.
 */
/* @__NO_SIDE_EFFECTS__ */
export function createMemo(generationSize: number): Memo {
  let fresh = new Map<string, string>()
  let old = new Map<string, string>()

  function set(text: string, hash: string): void {
    if (text.length > MAX_LENGTH) return
    if (fresh.size >= generationSize) {
      old = fresh
      fresh = new Map()
    }
    fresh.set(text, hash)
  }

  return {
    get(text) {
      const hash = fresh.get(text)
      if (hash !== undefined) return hash
      const known = old.get(text)
      if (known !== undefined) set(text, known)
      return known
    },
    set,
  }
}
