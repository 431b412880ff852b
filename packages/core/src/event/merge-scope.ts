import type { Scope } from '../tracker.ts'

type Fields = { readonly [key: string]: unknown }

/** Fields of the event win over the scope's; `user_data` and `custom_data` are merged key by key. */
export function mergeScope<T extends Scope>(scope: Scope, fields: T): T {
  const merged: Record<string, unknown> = { ...scope }
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) merged[key] = value
  for (const key of ['user_data', 'custom_data'] as const) {
    const [outer, inner] = [asFields(scope[key]), asFields(fields[key])]
    if (outer !== undefined && inner !== undefined) merged[key] = { ...outer, ...present(inner) }
  }
  return merged as T
}

function asFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : undefined
}

/** An absent value of the event must not hide one the scope knows. */
function present(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  )
}
