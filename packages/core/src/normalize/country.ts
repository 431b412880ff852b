import { compact } from '../field/compact.ts'
import { words as lists } from '../field/words.ts'
import { lazy, lazyPattern } from '../runtime/lazy.ts'
import { countries } from './country-table.ts'

const MAX_LENGTH = 128

/**
 * ISO 3166-1 alpha-2 of a code or name; unknown ones are dropped, never cut to two letters.
 * Source: Meta, Customer Information Parameters, read 2026-09.
 */
export function country(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const word = compact(text)
  if (word.length === 2 && countries().has(word)) return word
  const code = names().whole.get(word) ?? byWords(text)
  if (code !== undefined) return code
  const bare = byWords(text.replace(/\([^()]*\)/, ''))
  return bare !== undefined && NAMESAKES.has(bare) ? undefined : bare
}

/** Countries with a namesake: what is in brackets distinguishes them, as in `Congo (…)` and `China (Taiwan)`. */
const NAMESAKES: ReadonlySet<string> = new Set(['cg', 'cn', 'kr', 'mf'])

/** `NA` alone is Namibia and `NO` is Norway; `N/A` and `n.a.` are words for nothing. */
export function isCode(text: string): boolean {
  return /^[a-z]{2}$/i.test(text)
}

/** `Korea, Republic of` is `republic of korea`; `Schweiz (CH)`, `US - United States` and `Belgique/België` name one country twice. */
function byWords(text: string): string | undefined {
  const words = wordsOf(text)
  const whole = codeOf(words)
  if (whole !== undefined) return whole
  const short = words.find((word) => word.length < 4 && codeOf([word]) !== undefined)
  const rest = words.filter((word) => word !== short)
  if (short !== undefined && codeOf(rest) === codeOf([short])) return codeOf(rest)
  const [first, ...others] = text.split(/[/,()]| - /).flatMap((part) => codeOf(wordsOf(part)) ?? [])
  return others.length > 0 && others.every((code) => code === first) ? first : undefined
}

function codeOf(words: readonly string[]): string | undefined {
  const [word = ''] = words
  if (words.length === 1 && countries().has(word)) return word
  const { whole, bare, forms } = names()
  return whole.get(keyOf(words)) ?? (bare.get(bareKeyOf(words, forms)) || undefined)
}

const UNSAID: ReadonlySet<string> = new Set(
  'the of and de del du do da di der und et y e i'.split(' '),
)
const LONG_FORMS: Readonly<Record<string, string>> = {
  st: 'saint',
  ste: 'saint',
  sint: 'saint',
  rep: 'republic',
  dem: 'democratic',
}

const marks = lazyPattern("[\\p{M}'’ʻʼ.]", 'gu')
const between = lazyPattern('[^\\p{L}\\p{N}]+')

function wordsOf(name: string): readonly string[] {
  return name
    .normalize('NFD')
    .replace(marks(), '')
    .toLowerCase()
    .split(between())
    .filter((word) => word !== '' && !UNSAID.has(word))
    .map((word) => LONG_FORMS[word] ?? word)
}

/** The order of words does not count: ISO writes `Virgin Islands, British`. */
function keyOf(words: readonly string[]): string {
  return [...words].sort().join(' ')
}

function bareKeyOf(words: readonly string[], forms: ReadonlySet<string>): string {
  return keyOf(words.filter((word) => !forms.has(word)))
}

interface Names {
  /** By a name's words in order of the alphabet, by the name as it stands in the list, and by alpha-3. */
  readonly whole: ReadonlyMap<string, string>
  /** By a name's words without those of official forms. Empty where two countries share it: Korea, Congo. */
  readonly bare: ReadonlyMap<string, string>
  /** A name means the same without these words. */
  readonly forms: ReadonlySet<string>
}

/** Made at the first name or alpha-3: some milliseconds, once. */
const names = lazy(collectNames)

function collectNames(): Names {
  const { countryNames, countryForms } = lists()
  const forms = new Set(countryForms.split(' '))
  const whole = new Map<string, string>()
  const bare = new Map<string, string>([['', '']])
  const rows = countryNames.split('|')
  let row = 0
  for (const { alpha2, alpha3 } of countries().values()) {
    for (const name of rows[row++]?.split(',') ?? []) {
      const words = wordsOf(name)
      whole.set(name.replaceAll(' ', ''), alpha2).set(keyOf(words), alpha2)
      const key = bareKeyOf(words, forms)
      bare.set(key, (bare.get(key) ?? alpha2) === alpha2 ? alpha2 : '')
    }
    whole.set(alpha3, alpha2)
  }
  return { whole, bare, forms }
}
