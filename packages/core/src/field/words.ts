import { lazy } from '../runtime/lazy.ts'
import { PACKED_WORDS } from './packed-words.ts'

/**
 * Where 52 letters of a script begin: Arabic, Bengali, Cyrillic, Devanagari, Armenian, Greek, Hebrew, Khmer, Lao, Burmese,
 * Georgian, Thai. U is all of Unicode, by three letters.
 */
export const SCRIPTS: Readonly<Record<string, number>> = {
  A: 0x621,
  B: 0x985,
  C: 0x430,
  D: 0x905,
  E: 0x561,
  G: 0x3b1,
  H: 0x5d0,
  K: 0x1780,
  L: 0xe81,
  M: 0x1000,
  O: 0x10d0,
  T: 0xe15,
  U: 0,
}

/** Lists of words, unpacked. */
export interface Words {
  /** `germany,deutschland` for each country in order of alpha-2, joined by bars. */
  readonly countryNames: string
  /** Words of official forms, joined by blanks. */
  readonly countryForms: string
  /** Words for nothing, joined by blanks. */
  readonly nothing: string
  /** `al:alabama,ala` for each state, joined by blanks. */
  readonly usStates: string
  readonly caStates: string
}

/** The lists in `generate`, made readable at the first use. */
export const words: () => Words = lazy(() => unpack(PACKED_WORDS))

function unpack(packed: string): Words {
  const [text = '', ...parts] = packed.split('\n')
  const whole = parts.reduceRight((long, part) => {
    const length = part.startsWith('~') ? 2 : 1
    return long.replaceAll(part.slice(0, length), part.slice(length))
  }, text)
  const [countryNames = '', countryForms = '', nothing = '', usStates = '', caStates = ''] = whole
    .replace(/\^(\w)([A-Za-z]+)/g, (_, script: string, run: string) =>
      run.replace(script === 'U' ? /.../g : /./g, (letters) => inScript(script, letters)),
    )
    .split(';')
  return { countryNames, countryForms, nothing, usStates, caStates }
}

/** a to z, then A to Z, are the digits of a number to the base of 52: the letter's place in its script. */
function inScript(script: string, letters: string): string {
  let place = 0
  for (const letter of letters) {
    const code = letter.charCodeAt(0)
    place = place * 52 + (code < 0x61 ? code - 39 : code - 0x61)
  }
  return String.fromCharCode((SCRIPTS[script] ?? 0) + place)
}
