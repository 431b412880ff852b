import { STANDARD_EVENTS } from './standard-events.ts'

const KNOWN: ReadonlySet<string> = new Set(STANDARD_EVENTS)

/** In a shorter name another letter makes another word: `Lead` and `Load`, `Contact` and `Content`. */
const LONG = 8
const MAX_LENGTH = 24

/** Custom names that lie as near by chance: another word, not a slip. */
const BY_CHANCE: ReadonlySet<string> = new Set(
  (
    'contract led starttrip findvacation addtochat addtochart ' +
    'viewcontact viewcontest viewcontext viewcomment'
  ).split(' '),
)

/**
 * The standard event that a name was probably meant to be: it differs in capitals, in separators, or in one or two
 * letters. Undefined for standard names and for names of one's own: the first letter is another (`Unsubscribe`), or a
 * digit numbers them (`Purchase2`).
 */
export function resembledEvent(name: string): string | undefined {
  // Bounded: any page may send a name of any length.
  if (KNOWN.has(name) || name.length > MAX_LENGTH || /\d/.test(name)) return undefined
  const bare = name.toLowerCase().replace(/[\s_.-]/g, '')
  if (BY_CHANCE.has(bare)) return undefined
  return STANDARD_EVENTS.find((standard) => {
    const wanted = standard.toLowerCase()
    if (bare[0] !== wanted[0]) return false
    return wanted.length < LONG
      ? slips(bare, wanted, { replacing: 2 }) <= 1
      : slips(bare, wanted, { replacing: 1 }) <= 2
  })
}

/** How many letters are missing, added, swapped with their neighbour or, at a price, wrong. */
function slips(a: string, b: string, { replacing }: { readonly replacing: number }): number {
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
        (last[j - 1] ?? 0) + (isSame ? 0 : replacing),
        isSwap ? (beforeLast[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? Number.POSITIVE_INFINITY
}
