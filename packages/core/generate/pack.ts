import { SCRIPTS } from '../src/field/words.ts'

/**
 * Words in other scripts cost six bytes a letter where a bundler escapes them, and the names of countries repeat each other.
 * `pack` writes each letter of some scripts as one ASCII letter, then gives the commonest parts a character of their own.
 * `src/field/words.ts` reads it back.
 */
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const RUNS: readonly (readonly [mark: string, run: RegExp])[] = Object.entries(SCRIPTS)
  .filter(([mark]) => mark !== 'U')
  .map(([mark, first]) => {
    const last = first + LETTERS.length - 1
    return [mark, new RegExp(`[${String.fromCharCode(first)}-${String.fromCharCode(last)}]+`, 'g')]
  })
/** Scripts of more than 52 letters, where no Latin letter follows. */
const OTHER = /\P{ASCII}+(?![A-Za-z])/gu
/** Neither these nor what the text has may stand for a part: they would have to be escaped. */
const NOT_FREE = '"\'\\`$ ~'
const LONGEST_PART = 9

export function pack(text: string): string {
  let packed = inLatin(text)
  const parts: string[] = []
  for (const sign of freeSigns(packed)) {
    const part = bestPart(packed, sign.length)
    if (part === undefined) break
    packed = packed.replaceAll(part, sign)
    parts.push(sign + part)
  }
  return [packed, ...parts].join('\n')
}

function inLatin(text: string): string {
  let latin = text
  for (const [mark, run] of RUNS) {
    const first = SCRIPTS[mark] ?? 0
    const letter = (character: string) => LETTERS[character.charCodeAt(0) - first]
    latin = latin.replace(run, (word) => `^${mark}${Array.from(word, letter).join('')}`)
  }
  return latin.replace(OTHER, (word) => `^U${Array.from(word, threeLetters).join('')}`)
}

/** The number of a character to the base of 52. */
function threeLetters(character: string): string {
  const code = character.charCodeAt(0)
  const digits = [Math.floor(code / 2704), Math.floor(code / 52) % 52, code % 52]
  return digits.map((digit) => LETTERS[digit]).join('')
}

/** Single characters, then `~` and a letter. */
function freeSigns(text: string): readonly string[] {
  const ascii = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index))
  const single = ascii.filter((sign) => !text.includes(sign) && !NOT_FREE.includes(sign))
  return [...single, ...Array.from(LETTERS, (letter) => `~${letter}`)]
}

/** The part that saves most where a sign stands for it; its own entry costs both and a line break. */
function bestPart(text: string, signLength: number): string | undefined {
  let [best, most]: [string | undefined, number] = [undefined, 0]
  for (let length = signLength + 1; length <= LONGEST_PART; length++) {
    for (const [part, times] of partsOf(text, length)) {
      const saved = times * (length - signLength) - length - signLength - 1
      if (saved > most && /^[\x20-\x7e]+$/.test(part)) [best, most] = [part, saved]
    }
  }
  return best
}

/** How often each part of this length stands in the text without lying over itself. */
function partsOf(text: string, length: number): ReadonlyMap<string, number> {
  const times = new Map<string, number>()
  const ends = new Map<string, number>()
  for (let start = 0; start + length <= text.length; start++) {
    const part = text.slice(start, start + length)
    const end = ends.get(part)
    if (end !== undefined && start < end) continue
    ends.set(part, start + length)
    // A part that stands once saves nothing.
    if (end !== undefined) times.set(part, (times.get(part) ?? 1) + 1)
  }
  return times
}
