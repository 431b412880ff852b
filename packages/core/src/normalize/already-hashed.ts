import { isBase64Url } from '../click-id/click-cookie.ts'

const SHA256_LENGTH = 64
export const MD5_LENGTH = 32
const APPENDIX_LENGTHS: readonly number[] = [3, 9]

/**
 * The value as Meta takes it if it is a SHA-256 hash already, else undefined. Upper-case hex is
 * lowered; the `.XX` or `.XXXXXXXX` appendix of Meta's Parameter Builder is kept as it is.
 * Source: Meta, Parameter Builder Library, read 2026-09.
 */
export function asHashed(text: string): string | undefined {
  if (text.length === SHA256_LENGTH)
    return isHex(text, SHA256_LENGTH) ? text.toLowerCase() : undefined
  if (!APPENDIX_LENGTHS.includes(text.length - SHA256_LENGTH)) return undefined
  if (text.charCodeAt(SHA256_LENGTH) !== 0x2e || !isHex(text, SHA256_LENGTH)) return undefined
  const appendix = text.slice(SHA256_LENGTH + 1)
  if (!isBase64Url(appendix)) return undefined
  return `${text.slice(0, SHA256_LENGTH).toLowerCase()}.${appendix}`
}

/**
 * The value lowered if it looks like an MD5 hash. Every SDK of Meta's lets those through, though the
 * documents ask for SHA-256: it is passed with a warning. Not to be asked of `external_id`, where a
 * UUID without dashes has the same form.
 */
export function asMd5(text: string): string | undefined {
  return text.length === MD5_LENGTH && isHex(text, MD5_LENGTH) ? text.toLowerCase() : undefined
}

function isHex(text: string, length: number): boolean {
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    const isDigit = code >= 0x30 && code <= 0x39
    const letter = code | 0x20
    if (!isDigit && (letter < 0x61 || letter > 0x66)) return false
  }
  return true
}
