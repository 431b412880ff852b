/** A longer name is no slip of an option's name. */
const MAX_LENGTH = 40

/**
 * The known name that was probably meant: the same in another spelling, else the one with the fewest letters to change,
 * else one that the given name is a part of. Undefined when none is similar.
 */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  const wanted = plain(given)
  const distanceTo = (name: string) => letterDistance(plain(name), wanted)
  const [nearest = ''] = known.toSorted((one, other) => distanceTo(one) - distanceTo(other))
  if (distanceTo(nearest) <= Math.max(2, wanted.length / 3)) return nearest
  if (wanted.length < 3) return undefined
  return known.find((name) => plain(name).includes(wanted) || wanted.includes(plain(name)))
}

/** Whether `given` is `name` but for this many letters, whatever its capitals and hyphens. */
export function isSimilar(given: string, name: string, letters: number): boolean {
  return letterDistance(plain(given), plain(name)) <= letters
}

const plain = (name: string) => name.replace(/[\s_-]/g, '').toLowerCase()

/** Letters to change, to add or to leave out; two neighbours that are swapped count once. */
function letterDistance(one: string, other: string): number {
  if (one.length > MAX_LENGTH || other.length > MAX_LENGTH) return MAX_LENGTH
  const rows: number[][] = []
  const at = (row: number, column: number) => rows[row]?.[column] ?? MAX_LENGTH
  for (let row = 0; row <= one.length; row++) {
    rows[row] = []
    for (let column = 0; column <= other.length; column++) {
      const last = [one[row - 1], other[column - 1]]
      const isSwapped = one[row - 2] === last[1] && other[column - 2] === last[0]
      const least = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (last[0] === last[1] ? 0 : 1),
        isSwapped ? at(row - 2, column - 2) + 1 : MAX_LENGTH,
      )
      rows[row]?.push(row + column === 0 ? 0 : least)
    }
  }
  return at(one.length, other.length)
}
