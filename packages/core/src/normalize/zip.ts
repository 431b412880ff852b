import { isDigit } from '../click-id/click-cookie.ts'
import { isAscii, isBlank } from '../field/clean.ts'
import { lazyPattern } from '../runtime/lazy.ts'

const MAX_LENGTH = 32
const MIN_LENGTH = 2
/** Also what Japanese keyboards write for a dash, and the sign of the post. */
const gone = lazyPattern('[\\p{Pd}−ー〒]')
const letterOrDigit = lazyPattern('[\\p{L}\\p{N}]')

/**
 * Lower-case, without blanks, dashes and the apostrophe of a spreadsheet's text; US codes keep their first five digits.
 * Source: Meta, Customer Information Parameters, read 2026-09.
 */
export function zip(
  text: string,
  { country }: { readonly country?: string | undefined },
): string | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const isUs = country === 'us' || (country === undefined && isZipPlus4(text))
  const plain = isAscii(text) ? text : text.normalize('NFKC')
  const kept = isDigits(plain) ? plain : squeeze(plain).toLowerCase()
  const code = isUs && /^\d{5}/.test(kept) ? kept.slice(0, 5) : kept
  if (code.length < MIN_LENGTH) return undefined
  if (isDigits(code)) return ofDigits(code, isUs ? 'us' : country)
  return letterOrDigit().test(code) ? code : undefined
}

/** `12345-6789` is written in one country only. */
function isZipPlus4(text: string): boolean {
  return text.length === 10 && /^\d{5}-\d{4}$/.test(text)
}

function squeeze(text: string): string {
  let kept = ''
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const goes =
      code === 0x2d ||
      code === 0x27 ||
      isBlank(code) ||
      (code > 0x7f && gone().test(text.charAt(i)))
    if (!goes) kept += text[i]
  }
  return kept
}

/** Codes of five digits, some with zeros in front. With three or four they were stored as a number, which loses those. */
const OF_FIVE: ReadonlySet<string> = new Set(
  'us pr vi gu as mp de es fr it fi mx my tr ua'.split(' '),
)

function ofDigits(digits: string, country: string | undefined): string | undefined {
  if (!/[1-9]/.test(digits)) return undefined
  if (country === undefined || !OF_FIVE.has(country)) return digits
  if (digits.length < 3) return undefined
  return digits.padStart(5, '0')
}

/** Most codes are digits and nothing else. */
function isDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isDigit(text.charCodeAt(i))) return false
  return true
}
