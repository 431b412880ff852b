import { asFields, type Fields } from '../field/fields.ts'

const MERGED = ['user_data', 'custom_data'] as const

/**
 * The scope's fields under those given, which win unless they are absent, as undefined and the null of a database are;
 * `user_data` and `custom_data` are merged key by key.
 */
export function mergeScope(scope: Fields, fields: Fields): Fields {
  const merged: Record<string, unknown> = { ...scope }
  for (const [key, value] of Object.entries(fields)) if (isPresent(value)) merged[key] = value
  for (const key of MERGED) {
    const [outer, inner] = [asFields(scope[key]), asFields(fields[key])]
    if (outer !== undefined && inner !== undefined) merged[key] = { ...outer, ...present(inner) }
  }
  return merged
}

/** An absent value of the event must not hide one the scope knows. */
function present(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => isPresent(value)))
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null
}
