import { USER_DATA_FIELDS } from '../user-data/fields.ts'
import type { HashedField } from '../user-data/user-data.ts'
import { asHashed, asMd5 } from './already-hashed.ts'
import { trimInvisible } from './clean.ts'

/**
 * The text whose SHA-256 Meta compares for this field, or the hash itself if the value is one
 * already. Undefined when the value cannot be what the field holds. Never throws.
 */
export function normalizeField(field: HashedField, value: unknown): string | undefined {
  const text = toText(value)
  if (text === undefined) return undefined
  return readyHash(field, text) ?? (USER_DATA_FIELDS[field].normalize(text) || undefined)
}

/** The value as it is sent when it is a hash already. */
export function readyHash(field: string, text: string): string | undefined {
  return asHashed(text) ?? (field === 'external_id' ? undefined : asMd5(text))
}

/** Trimmed NFC text of a string or a finite number; undefined for everything else and for nothing. */
export function toText(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined
  if (typeof value !== 'string') return undefined
  const text = trimInvisible(value)
  return text === '' ? undefined : text.normalize('NFC')
}
