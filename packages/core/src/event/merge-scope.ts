import { asFields, type Fields } from '../fields.ts'

const MERGED = ['user_data', 'custom_data'] as const

/** The scope's fields under those given, which win; `user_data` and `custom_data` are merged key by key. */
export function mergeScope(scope: Fields, fields: Fields): Fields {
  const merged: Record<string, unknown> = { ...scope }
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) merged[key] = value
  for (const key of MERGED) {
    const [outer, inner] = [asFields(scope[key]), asFields(fields[key])]
    if (outer !== undefined && inner !== undefined) merged[key] = { ...outer, ...present(inner) }
  }
  return merged
}

/** An absent value of the event must not hide one the scope knows. */
function present(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  )
}
