import { CapiConfigError } from '../issue/errors.ts'

/** A list without repeats. @throws CapiConfigError, which begins with `where`. */
export function toPixelIds(pixelId: unknown, where: string): readonly string[] {
  const ids: readonly unknown[] = [pixelId].flat()
  if (ids.every(isPixelId)) return [...new Set(ids)]
  throw new CapiConfigError(
    'config_invalid',
    `${where} must be a dataset id, 5 to 20 digits, as text, or a list of such.`,
  )
}

/** A run of digits: it becomes part of an address. */
export function isPixelId(id: unknown): id is string {
  return typeof id === 'string' && /^\d{5,20}$/.test(id)
}
