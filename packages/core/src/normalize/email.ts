import { hasBlank } from './clean.ts'

const MAX_LENGTH = 320

/**
 * Lower-case, one `@`, no blanks, a dot in the domain; anything else is not an address.
 * No folding of dots or plus signs: Meta hashes the address as the person typed it.
 * Source: Meta, Customer Information Parameters, read 2026-09.
 */
export function email(text: string): string | undefined {
  if (text.length > MAX_LENGTH || hasBlank(text)) return undefined
  const at = text.indexOf('@')
  if (at < 1 || at !== text.lastIndexOf('@')) return undefined
  const dot = text.indexOf('.', at)
  if (dot <= at + 1 || text.endsWith('.')) return undefined
  return text.toLowerCase()
}
