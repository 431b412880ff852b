/** Lower-case, without signs and blanks. */
export function plainName(name: string): string {
  return name.replace(/[^a-z0-9]/gi, '').toLowerCase()
}

/**
 * Whether at most so many slips make one text of the other: a letter more, less, swapped with the next, or another, which
 * counts as `replacing`. Few slips only: each multiplies the ways by four.
 */
export function isNear(one: string, other: string, slips: number, replacing = 1): boolean {
  if (slips < 0) return false
  let start = 0
  while (start < one.length && one[start] === other[start]) start++
  const [a, b] = [one.slice(start), other.slice(start)]
  if (a === b) return true
  const isSwap = a[0] === b[1] && a[1] === b[0]
  return (
    isNear(a.slice(1), b, slips - 1, replacing) ||
    isNear(a, b.slice(1), slips - 1, replacing) ||
    isNear(a.slice(1), b.slice(1), slips - replacing, replacing) ||
    (isSwap && isNear(a.slice(2), b.slice(2), slips - 1, replacing))
  )
}
