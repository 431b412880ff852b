import { STANDARD_EVENTS } from './standard-events.ts'

const KNOWN: ReadonlySet<string> = new Set(STANDARD_EVENTS)

/** In four letters, two other ones make another word: `Lead`, `Load`, `Deal`. */
const SHORT = 5
const MAX_EDITS = 2

/** Custom names that are close to a standard one by chance: another word, or its opposite. */
const BY_CHANCE: ReadonlySet<string> = new Set(
  (
    'load read head leap lean leaf lend research reach connect connected content contest context contract contracts ' +
    'compact repurchase unsubscribe resubscribe reschedule unschedule restarttrial starttrip findvacation ' +
    'viewcontact viewcontest viewcontext viewcomment imageview stageview addtochat addtochart locate rotate'
  ).split(' '),
)

/**
 * The standard event that a name was probably meant to be: it differs in one or two letters, in capitals or in
 * separators. Undefined for standard names, and for names that are of their own.
 */
export function resembledEvent(name: string): string | undefined {
  if (KNOWN.has(name)) return undefined
  const bare = bareOf(name)
  if (bare === '' || BY_CHANCE.has(bare)) return undefined
  return STANDARD_EVENTS.find((standard) => {
    const limit = standard.length < SHORT ? 1 : MAX_EDITS
    return isWithin(limit, bare, standard.toLowerCase())
  })
}

/** `add_to_cart`, `Add to Cart` and `addToCart` are one name. */
function bareOf(name: string): string {
  // Bounded: any page may send a name of any length.
  return name
    .slice(0, 60)
    .toLowerCase()
    .replace(/[\s_.-]+/g, '')
}

/** Whether so many insertions, deletions, exchanges or swaps of neighbours lead from one text to the other. */
function isWithin(limit: number, a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > limit) return false
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row[j] = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (isSame ? 0 : 1),
        isSwap ? (beforeLast[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    beforeLast = last
    last = row
  }
  return (last[b.length] ?? Number.POSITIVE_INFINITY) <= limit
}
