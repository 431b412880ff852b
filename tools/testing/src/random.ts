/** A seeded source of chance: the same seed gives the same run. mulberry32. */
export interface Chance {
  /** [0, 1) */
  next(): number
  /** 0 to `below` - 1 */
  index(below: number): number
  pick<T>(list: readonly [T, ...T[]]): T
}

export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const index = (below: number) => Math.floor(next() * below)
  return { next, index, pick: (list) => list[index(list.length)] ?? list[0] }
}
