import { CRM } from './crm.ts'
import { FREE } from './free.ts'
import { META_FILES } from './meta-files.ts'
import { PAYMENTS } from './payments.ts'
import { SHOPS } from './shops.ts'
import type { Source } from './source.ts'

/** Every kind of export that is known by name. Where a header fits several, the first is taken. */
export const SOURCES: readonly Source[] = [...SHOPS, ...PAYMENTS, ...CRM, ...META_FILES]

/** @param name as `--from` takes it */
export function sourceNamed(name: string): Source | undefined {
  return [...SOURCES, FREE].find((source) => source.name === name)
}

/** The kind whose signature stands in these folded headers; of several, the one with the longest. */
export function detectSource(folded: readonly string[]): Source | undefined {
  const headers = new Set(folded)
  const fitting = SOURCES.filter(({ signature }) => signature.every((name) => headers.has(name)))
  return fitting.reduce<Source | undefined>(
    (best, one) =>
      best === undefined || one.signature.length > best.signature.length ? one : best,
    undefined,
  )
}
