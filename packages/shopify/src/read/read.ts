/** What a payload's types promise, the network does not keep: each reader takes anything and never throws on plain data. */

/** An object that is no list, else an empty one. */
export function record<T extends object>(value: T | null | undefined): Partial<T> {
  return isRecord(value) ? value : {}
}

export function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects of a list. */
export function records<T extends object>(value: readonly T[] | null | undefined): readonly T[] {
  const list: readonly T[] = Array.isArray(value) ? value : []
  return list.filter((item) => isRecord(item))
}

/** Text without blank ends; undefined for anything else: Shopify writes '' where it knows nothing. */
export function text(value: unknown): string | undefined {
  const trimmed = typeof value === 'string' ? value.trim() : ''
  return trimmed === '' ? undefined : trimmed
}

/** The first that gives something. */
export function firstOf<T, R>(
  candidates: readonly T[],
  read: (candidate: T) => R | undefined,
): R | undefined {
  for (const candidate of candidates) {
    const found = read(candidate)
    if (found !== undefined) return found
  }
  return undefined
}

/** The keys whose value is known. */
export function defined<T extends object>(fields: T): T {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(known) as T
}
