import { isBlank } from '../field/clean.ts'

/** RFC 5321: 64 before the @, 255 after it. */
const MAX_LENGTH = 320

/** Characters of lists, of headers, of quoted parts, which real addresses lack, and of templates; blanks and control characters. */
const FORBIDDEN: Uint8Array = forbiddenCodes()

/* @__NO_SIDE_EFFECTS__ */
function forbiddenCodes(): Uint8Array {
  const codes = new Uint8Array(128).fill(1, 0, 0x21)
  codes[0x7f] = 1
  for (const sign of '"(),:;<>[\\]{}') codes[sign.charCodeAt(0)] = 1
  return codes
}

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
    } else if (code <= 0x7f) {
      if (FORBIDDEN[code] === 1) return undefined
      if (code === 0x25 && text.charCodeAt(i + 1) === 0x25) return undefined // %%template%%
    } else {
      if (code < 0xa0 || isBlank(code)) return undefined
      isAscii = false
    }
  }
  const isAddress =
    at > 0 && dot > at + 1 && text.charCodeAt(at + 1) !== 0x2e && dot < text.length - 1
  if (!isAddress) return undefined
  return isAscii ? text.toLowerCase() : text.normalize('NFC').toLowerCase()
}
