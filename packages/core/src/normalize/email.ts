import { isBlank } from './clean.ts'

/** RFC 5321: 64 before the @, 255 after it. */
const MAX_LENGTH = 320

/** `"` `(` `)` `,` `:` `;` `<` `>` `[` `]` and the backslash: of lists, of headers, of quoted parts nobody has. */
const NOT_IN_ADDRESSES: ReadonlySet<number> = new Set([
  0x22, 0x28, 0x29, 0x2c, 0x3a, 0x3b, 0x3c, 0x3e, 0x5b, 0x5c, 0x5d,
])

/**
 * Lower-case, one `@`, no blanks, a dot in the domain; anything else is not an address.
 * No folding of dots or plus signs: Meta hashes the address as the person typed it.
 * Source: Meta, Customer Information Parameters, read 2026-09.
 */
export function email(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined
  let at = -1
  let dot = -2
  let isAscii = true
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0x40) {
      if (at >= 0) return undefined
      at = i
    } else if (code === 0x2e) {
      if (dot === i - 1) return undefined
      dot = i
    } else if (code <= 0x20 || code === 0x7f || NOT_IN_ADDRESSES.has(code)) return undefined
    else if (code > 0x7f) {
      if (code < 0xa0 || isBlank(code)) return undefined
      isAscii = false
    }
  }
  const isAddress =
    at > 0 && dot > at + 1 && text.charCodeAt(at + 1) !== 0x2e && dot < text.length - 1
  if (!isAddress) return undefined
  return isAscii ? text.toLowerCase() : text.normalize('NFC').toLowerCase()
}
