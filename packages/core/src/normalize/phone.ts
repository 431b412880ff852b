const MAX_INPUT = 64
const MIN_DIGITS = 7
/** E.164 allows 15. */
const MAX_DIGITS = 15

/**
 * Digits only, without leading zeros; the country code is the caller's to give.
 * Source: Meta, Customer Information Parameters, read 2026-09; length: ITU-T E.164.
 */
export function phone(text: string): string | undefined {
  if (text.length > MAX_INPUT) return undefined
  let digits = ''
  for (const character of text.normalize('NFKC')) {
    if (character >= '0' && character <= '9' && (digits !== '' || character !== '0'))
      digits += character
  }
  return digits.length >= MIN_DIGITS && digits.length <= MAX_DIGITS ? digits : undefined
}
