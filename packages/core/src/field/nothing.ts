import { isDigit } from '../click-id/click-cookie.ts'
import { lazy, lazyPattern } from '../runtime/lazy.ts'
import { foldAccents, isAscii, removeBlanks } from './clean.ts'
import { compact } from './compact.ts'
import { words } from './words.ts'

/** How the SHA-256 begins of texts that stand for a missing value: they come from code that hashed before it looked. */
const HASHES: ReadonlySet<string> = new Set([
  'e3b0c44298fc1c14', // ''
  '36a9e7f1c95b82ff', // ' '
  'eb045d78d2731073', // undefined
  '74234e98afe7498f', // null
  '9b2d5b4678781e53', // nan
  'c9a560c74de368dc', // [object object]
  'b28c94b2195c8ed2', // [object Object]
])

/** The nil UUID: no id, and the advertising id of an iPhone whose owner forbids tracking. */
const NIL_UUID = '00000000-0000-0000-0000-000000000000'
/** What programs write, and no person does. */
const OF_PROGRAMS: ReadonlySet<string> = new Set(['undefined', 'null', 'NULL', 'NaN', 'NaT', '\\N'])
/** The text of `${order}`, or of a promise without `await`. */
const OBJECT = /^\[object \w+\]$/
/** The text of a `Date` that is none. */
const INVALID_DATE = 'Invalid Date'
const LONGEST_OF_PROGRAMS = 9
const LONGEST_TEMPLATE = 100
const LONGEST_WORD = 24
const LONGEST_WITHOUT_ACCENTS = 4
/** Each part stops at its own mark, so that no text makes it slow. */
const template = lazyPattern(
  '\\{\\{[^{}]*\\}\\}|[$#]\\{[^{}]+\\}|%%[^%]+%%|[<{]%[^%]*%[>}]|^(?:\\*\\|[^|]*\\|\\*|\\{!?[\\p{L}_. ]+\\}|\\[\\[[^\\]]*\\]\\]|%[A-Z_]+%|__[A-Z_]+__)$',
)
const DASHES = /^[-‐‑‒–—―−ー×_.…·?¿/\\*#~]+$/
/** One of these stands in each template. */
const TEMPLATE_SIGN = /[{%|]|^[[_]/
/** `#REF!`, `#NAME?`, `#DIV/0!` in any language. */
const sheetError = lazyPattern('^#[\\p{L}/0]{2,12}[!?]$')

const wordsForNothing = lazy(() => new Set(words().nothing.split(' ').map(foldAccents)))
/** First and last letter of each word. Most texts have others, and are no word at no cost. */
const ends = lazy(() => new Set(Array.from(wordsForNothing(), endsOf)))

/**
 * Whether a trimmed text stands for a missing value: a word for it, an unfilled template, dashes. Where a
 * field has real values of that form, its rule says so: `isReal` in `field-rule.ts`.
 */
export function isNothing(text: string): boolean {
  if (isUnset(text)) return true
  if (text.length > LONGEST_WORD || isDigit(text.charCodeAt(text.length - 1))) return false
  if (!ends().has(endsOf(text))) return false
  const word = removeBlanks(isAscii(text) ? text.toLowerCase() : folded(text))
  const isWord = [word, word.replace('#', ''), compact(word)].some((one) =>
    wordsForNothing().has(one),
  )
  return isWord || DASHES.test(word) || sheetError().test(word)
}

/** Full-width forms are written in Japan. An accent tells `Nå`, a place, from `na`: short words have none. */
function folded(text: string): string {
  const wide = text.normalize('NFKC')
  return wide.length > LONGEST_WITHOUT_ACCENTS ? foldAccents(wide) : wide.toLowerCase()
}

/** Two letters of ASCII as one number; 0 for other ends, which brackets, blanks and accents may stand at. */
function endsOf(text: string): number {
  const first = text.charCodeAt(0) | 0x20
  const last = text.charCodeAt(text.length - 1) | 0x20
  return isLetter(first) && isLetter(last) ? first * 128 + last : 0
}

function isLetter(code: number): boolean {
  return code >= 0x61 && code <= 0x7a
}

/** The same for texts that may be any word, such as names of events and what a visitor searched for. */
export function isUnset(text: string): boolean {
  if (isTemplate(text)) return true
  if (text.length <= LONGEST_OF_PROGRAMS)
    return !isDigit(text.charCodeAt(text.length - 1)) && OF_PROGRAMS.has(text)
  return text === NIL_UUID || text === INVALID_DATE || (text.startsWith('[') && OBJECT.test(text))
}

/**
 * Unfilled: `{{…}}`, `${…}`, `#{…}`, `%%…%%`, `<%…%>`, `{%…%}`, and, as the whole of a text, the tags of mail and CRM
 * programs: `*|…|*`, `{name}`, `{!Contact.Id}`, `[[name]]`, `%NAME%`, `__NAME__`. Most texts hold no such sign, and are short.
 */
function isTemplate(text: string): boolean {
  return text.length <= LONGEST_TEMPLATE && TEMPLATE_SIGN.test(text) && template().test(text)
}

/** What is left of `order-${order.id}` without an order, and a yes or no: the next one has the same id. */
const WITHOUT_ID =
  /(?:^|[^A-Za-z0-9])(?:undefined|null|NULL|NaN|Invalid Date|\[object \w+\])(?=$|([^A-Za-z0-9]))/

/** Whether an id identifies no person and no order, though it is no word for a missing value. */
export function identifiesNothing(id: string): boolean {
  if (id.length < 6 && /^(?:true|false)$/i.test(id)) return true
  const found = WITHOUT_ID.exec(id)
  return found !== null && (found[1] === undefined || !/\d/.test(id))
}

export function isHashOfNothing(hash: string): boolean {
  return HASHES.has(hash.slice(0, 16))
}
