import { PACKED_WORDS } from './packed-words.ts'

/** Where 52 letters of a script begin: Arabic, Bengali, Cyrillic, Devanagari, Armenian, Greek, Hebrew, Khmer, Lao, Burmese, Georgian. */
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
}

/** Lists of words, unpacked. */
export interface Words {
  /** `degermany,deutschland` for each country, joined by bars. */
  readonly countryNames: string
  /** Words for nothing, joined by blanks. */
  readonly nothing: string
}

let unpacked: Words | undefined

/** The lists in `generate`, made readable at the first use. */
export function words(): Words {
  unpacked ??= unpack(PACKED_WORDS)
  return unpacked
}

function unpack(packed: string): Words {
  const [text = '', ...parts] = packed.split('\n')
  const whole = parts.reduceRight(
    (long, part) => long.replaceAll(part.charAt(0), part.slice(1)),
    text,
  )
  const [countryNames = '', nothing = ''] = whole
    .replace(/\^(\w)([A-Za-z]+)/g, (_, script: string, run: string) =>
      run.replace(/./g, (letter) => inScript(script, letter)),
    )
    .split(';')
  return { countryNames, nothing }
}

/** a to z, then A to Z, count the letters of the script. */
function inScript(script: string, letter: string): string {
  const code = letter.charCodeAt(0)
  return String.fromCharCode((SCRIPTS[script] ?? 0) + (code < 0x61 ? code - 39 : code - 0x61))
}
