/** Where the ten digits of scripts people write phone numbers in begin. NFKC takes care of full-width ones. */
const ZEROS: readonly number[] = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0,
  0xf20, 0x1040, 0x17e0, 0x1810,
]

export interface PhoneDigits {
  readonly digits: string
  /** Written with `+` or `00`: the country code stands in front. */
  readonly isInternational: boolean
}

/**
 * The digits of a written number. What follows the first letter, `#`, `;` or `,` after them is an
 * extension and goes; so does the trunk zero in `+44 (0)20`.
 */
export function phoneDigits(text: string): PhoneDigits {
  let digits = ''
  let hasPlus = false
  for (const character of text.normalize('NFKC').replace('(0)', '')) {
    const digit = digitOf(character)
    if (digit !== undefined) digits += digit
    else if (digits === '') hasPlus ||= character === '+'
    else if (/[\p{L}#;,]/u.test(character)) break
  }
  const isInternational = hasPlus || digits.startsWith('00')
  return { digits: isInternational ? withoutZeros(digits) : digits, isInternational }
}

function digitOf(character: string): string | undefined {
  if (character >= '0' && character <= '9') return character
  const code = character.charCodeAt(0)
  if (code < 0x660) return undefined
  const zero = ZEROS.find((start) => code >= start && code < start + 10)
  return zero === undefined ? undefined : String(code - zero)
}

export function withoutZeros(digits: string): string {
  let start = 0
  while (digits.charCodeAt(start) === 0x30) start++
  return start === 0 ? digits : digits.slice(start)
}
