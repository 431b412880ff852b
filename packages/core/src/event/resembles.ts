import { isNear, plainName } from '../field/slips.ts'

/** Names of their own that lie as near as a slip of the keyboard. */
const OTHERS =
  /^(contract|led|starttrip|findvacation|addtochar?t|viewcont(act|est|ext)|viewcomment)$/
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
  const plain = plainName(name)
  if (OTHERS.test(plain)) return false
  for (const other of known) {
    if (plain[0] !== other[0] || Math.abs(plain.length - other.length) > 2) continue
    const isLong = other.length >= TWO_SLIPS_FROM
    if (isNear(plain, other, isLong ? 2 : 1, isLong ? 1 : 2)) return true
  }
  return false
}
