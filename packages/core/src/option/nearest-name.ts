import { isNear, plainName } from '../field/slips.ts'

/** Letters that may be wrong in a long name. */
const MOST_SLIPS = 4

/**
 * The known name that was probably meant: the same in another spelling, else the one with the fewest letters to change,
 * else one that the given name is a part of. Undefined when none is similar.
 */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  const wanted = plainName(given)
  const most = Math.min(MOST_SLIPS, Math.max(2, wanted.length / 3))
  for (let slips = 0; slips <= most; slips++) {
    const near = known.find((name) => isNear(plainName(name), wanted, slips))
    if (near !== undefined) return near
  }
  if (wanted.length < 3) return undefined
  return known.find((name) => plainName(name).includes(wanted) || wanted.includes(plainName(name)))
}

/** Whether `given` is `name` but for this many letters, whatever its capitals and hyphens. */
export function isSimilar(given: string, name: string, letters: number): boolean {
  return isNear(plainName(given), plainName(name), letters)
}
