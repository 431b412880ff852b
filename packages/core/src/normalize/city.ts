import { compact } from '../field/compact.ts'

const MAX_LENGTH = 256

/**
 * `New York` is `newyork`, `Zürich` stays `zürich`, `Москва` is `москва`.
 * Source: Meta, Customer Information Parameters, read 2026-09: UTF-8 allowed.
 */
export function city(text: string): string | undefined {
  return text.length > MAX_LENGTH ? undefined : compact(text)
}
