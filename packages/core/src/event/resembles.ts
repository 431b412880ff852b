/** Names of their own that lie as near as a slip of the keyboard. */
const OTHERS: ReadonlySet<string> = new Set(
  'contract led starttrip findvacation addtochat addtochart viewcontact viewcontest viewcontext viewcomment'.split(
    ' ',
  ),
)
/** Two letters of a shorter name are another word: Lead and Load, Contact and Content. */
const TWO_SLIPS_FROM = 8
const MAX_LENGTH = 24

/**
 * Whether a name is a slip away from one of the known ones (lower-case): one or two letters in long names, one that is
 * missing, doubled, added or swapped in short ones. The first letter must be right, so that Unsubscribe is no Subscribe;
 * separators do not count (`add_to_cart`), and a name with a digit is a numbered one of the caller's own.
 */
export function resemblesOne(name: string, known: Iterable<string>): boolean {
  if (name.length > MAX_LENGTH || /\d/.test(name)) return false
  const plain = name.toLowerCase().replace(/[ _-]/g, '')
  if (OTHERS.has(plain)) return false
  for (const other of known) {
    if (plain[0] !== other[0] || Math.abs(plain.length - other.length) > 2) continue
    const isLong = other.length >= TWO_SLIPS_FROM
    if (isNear(plain, other, isLong ? 2 : 1, isLong ? 1 : 2)) return true
  }
  return false
}

/** Whether so many slips make one text of the other: a letter more, less, or swapped with the next; a wrong one counts as `replacing`. */
function isNear(one: string, other: string, slips: number, replacing: number): boolean {
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
