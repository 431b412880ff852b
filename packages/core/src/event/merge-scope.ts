import { asFields, type Fields } from '../field/fields.ts'

/**
 * Fields of scopes and an event in one, each over those before it. What is absent hides nothing, as undefined and the null
 * of a database are; `user_data` and `custom_data` are merged key by key.
 */
export function mergeScope(...layers: readonly Fields[]): Record<string, unknown> {
  const merged: Record<string, unknown> = {}
  for (const layer of layers) put(merged, layer, true)
  return merged
}

function put(merged: Record<string, unknown>, layer: Fields, isOutermost: boolean): void {
  for (const key of Object.keys(layer)) {
    const value = layer[key]
    if (value === undefined || value === null) continue
    const isNested = isOutermost && (key === 'user_data' || key === 'custom_data')
    const outer = isNested ? asFields(merged[key]) : undefined
    const inner = outer && asFields(value)
    if (outer === undefined || inner === undefined) merged[key] = value
    else {
      const both = { ...outer }
      put(both, inner, false)
      merged[key] = both
    }
  }
}
