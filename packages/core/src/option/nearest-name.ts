/** A longer name is no slip of an option's name. */
const MAX_LENGTH = 40

/**
 * The known name that was probably meant: the same in another spelling, else the one with the fewest letters to change,
 * else one that the given name is a part of. Undefined when none is similar.
 */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  const wanted = plain(given)
  const most = Math.max(2, Math.floor(wanted.length / 3))
  const [nearest] = known
    .map((name) => ({ name, distance: letterDistance(plain(name), wanted) }))
    .filter(({ distance }) => distance <= most)
    .sort((one, other) => one.distance - other.distance)
  return nearest?.name ?? (wanted.length > 2 ? partner(wanted, known) : undefined)
}

function partner(wanted: string, known: readonly string[]): string | undefined {
  return known.find((name) => plain(name).includes(wanted) || wanted.includes(plain(name)))
}

/** Whether `given` is `name` but for this many letters, whatever its capitals and hyphens. */
export function isSimilar(given: string, name: string, letters: number): boolean {
  return letterDistance(plain(given), plain(name)) <= letters
}

const plain = (name: string) => name.replace(/[\s_-]/g, '').toLowerCase()

/** Letters to change, to add or to leave out; two neighbours that are swapped count once. */
function letterDistance(one: string, other: string): number {
  if (one.length > MAX_LENGTH || other.length > MAX_LENGTH) return Number.POSITIVE_INFINITY
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row++) {
    const next = [row]
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      next[column] = Math.min(
        (next[column - 1] ?? 0) + 1,
        (last[column] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped && row > 1 && column > 1
          ? (before[column - 2] ?? 0) + 1
          : Number.POSITIVE_INFINITY,
      )
    }
    before = last
    last = next
  }
  return last[other.length] ?? Number.POSITIVE_INFINITY
}
