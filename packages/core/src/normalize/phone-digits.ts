import { isAscii } from '../field/clean.ts'
import { lazyPattern } from '../runtime/lazy.ts'

/** Where the ten digits of scripts people write phone numbers in begin. NFKC takes care of full-width ones. */
const ZEROS: readonly number[] = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0,
  0xf20, 0x1040, 0x17e0, 0x1810,
]

export interface PhoneDigits {
  /** As they are written: zeros in front stay. */
  readonly digits: string
  /** Written with `+`, or with a `(0)` behind its first digits: the country code stands in front. */
  readonly hasPlus: boolean
}

/**
 * The digits of a written number. What follows the first letter, `#`, `;` or `,` after them is an
 * extension and goes.
 */
export function phoneDigits(written: string): PhoneDigits {
  const text = isAscii(written) ? written : asciiDigits(written)
  let digits = ''
  let hasPlus = false
  let start = -1
  for (let i = 0; i <= text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0x30 && code <= 0x39) {
      if (start < 0) start = i
      continue
    }
    if (start >= 0) digits += text.slice(start, i)
    start = -1
    if (digits === '') hasPlus ||= code === 0x2b
    else if (code === 0x28 && text.startsWith('(0)', i)) hasPlus ||= isCountryCode(digits)
    else if (endsNumber(code)) break
  }
  return { digits, hasPlus }
}

/** As long as one, and not the beginning of a national number. */
function isCountryCode(digits: string): boolean {
  return digits.length <= 3 && digits.charCodeAt(0) !== 0x30
}

/** A letter, `#`, `;` or `,`: an extension begins. Letters of other scripts were turned into `x`. */
function endsNumber(code: number): boolean {
  return (code | 0x20) >= 0x61
    ? (code | 0x20) <= 0x7a
    : code === 0x23 || code === 0x3b || code === 0x2c
}

const letter = lazyPattern('\\p{L}')

/** The same number in ASCII, as far as the rule reads it. */
function asciiDigits(written: string): string {
  let text = ''
  for (const character of written.normalize('NFKC')) {
    const code = character.charCodeAt(0)
    if (code <= 0x7f) text += character
    else text += digitOf(code) ?? (letter().test(character) ? 'x' : ' ')
  }
  return text
}

function digitOf(code: number): string | undefined {
  const zero = ZEROS.find((start) => code >= start && code < start + 10)
  return zero === undefined ? undefined : String(code - zero)
}

export function withoutZeros(digits: string): string {
  let start = 0
  while (digits.charCodeAt(start) === 0x30) start++
  return start === 0 ? digits : digits.slice(start)
}
