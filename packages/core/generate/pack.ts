import { SCRIPTS } from '../src/normalize/words.ts'

/**
 * Words in other scripts cost six bytes a letter where a bundler escapes them, and the names of countries repeat each other.
 * `pack` writes each letter of some scripts as one ASCII letter, then gives the commonest parts a character of their own.
 * `src/normalize/packed.ts` reads it back.
 */
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const RUNS: readonly (readonly [mark: string, run: RegExp])[] = Object.entries(SCRIPTS).map(
  ([mark, first]) => {
    const last = first + LETTERS.length - 1
    return [mark, new RegExp(`[${String.fromCharCode(first)}-${String.fromCharCode(last)}]+`, 'g')]
  },
)
/** Neither these nor what the text has may stand for a part: they would have to be escaped. */
const NOT_FREE = '"\'\\`$ '
const LONGEST_PART = 12

export function pack(text: string): string {
  let packed = inLatin(text)
  const parts: string[] = []
  for (const sign of freeSigns(packed)) {
    const part = bestPart(packed)
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
  return latin
}

function freeSigns(text: string): readonly string[] {
  const ascii = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index))
  return ascii.filter((sign) => !text.includes(sign) && !NOT_FREE.includes(sign))
}

/** The part that saves most where a sign stands for it; its own entry costs its length and two. */
function bestPart(text: string): string | undefined {
  const seen = new Set<string>()
  let [best, most]: [string | undefined, number] = [undefined, 0]
  for (let length = 2; length <= LONGEST_PART; length++) {
    for (let start = 0; start + length <= text.length; start++) {
      const part = text.slice(start, start + length)
      if (seen.has(part) || !/^[\x20-\x7e]+$/.test(part)) continue
      seen.add(part)
      const saved = (text.split(part).length - 1) * (length - 1) - length - 2
      if (saved > most) [best, most] = [part, saved]
    }
  }
  return best
}
