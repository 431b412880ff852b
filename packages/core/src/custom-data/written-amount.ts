import { lazyPattern } from '../runtime/lazy.ts'

const MAX_LENGTH = 64
/** The text of a JavaScript number, or of a database's decimal. */
export const PLAIN: RegExp = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i
/** One separator before three digits: thousands for half of the world, decimals for the other half. */
const TWO_READINGS = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/
/** Groups of three between equal separators, and decimals behind another one. */
const GROUPED = /^[1-9]\d{0,2}([., '])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d+)?$/
/** Lakhs and crores, grouped in pairs: `12,34,567.89`. */
const INDIAN = /^[1-9]\d?(?:,\d\d)+,\d{3}(?:\.\d+)?$/
const DECIMAL_COMMA = /^\d*,\d+$/

/** An amount as it was written. */
export interface WrittenAmount {
  readonly value: number
  /** The signs and codes of currencies beside it, as they were written: `$`, `CAD`. */
  readonly currencies: readonly string[]
}

/**
 * Reads an amount where there is one way to read it. `ambiguous`: `1,299` is 1299 in London and 1.299 in
 * Paris, and the text of a number looks the same.
 * @param digits behind the point in the event's currency: without any, a separator can only group; with three, a
 *   point is a database's.
 */
export function readAmount(text: string, digits: number): WrittenAmount | 'ambiguous' | undefined {
  if (text.length > MAX_LENGTH) return undefined
  if (PLAIN.test(text) && !TWO_READINGS.test(text)) return amountOf(text, [])
  const parts = partsOf(text)
  if (parts === undefined) return undefined
  const { sign, number, currencies } = parts
  if (TWO_READINGS.test(number)) {
    const isPoint = number.includes('.')
    if (digits === 3 && isPoint) return amountOf(sign + number, currencies)
    const isGroup = digits === 0 && (!isPoint || currencies.length > 0)
    return isGroup ? amountOf(sign + number.replace(/[.,]/, ''), currencies) : 'ambiguous'
  }
  const [, separator] = GROUPED.exec(number) ?? (INDIAN.test(number) ? [number, ','] : [])
  const ungrouped = separator === undefined ? number : number.replaceAll(separator, '')
  const isNumber = separator !== undefined || DECIMAL_COMMA.test(number) || PLAIN.test(number)
  return isNumber ? amountOf(sign + ungrouped.replace(',', '.'), currencies) : undefined
}

function amountOf(text: string, currencies: readonly string[]): WrittenAmount | undefined {
  const value = Number(text)
  return Number.isFinite(value) ? { value, currencies } : undefined
}

/** What stands before the first digit and behind the last, and the number: the point of `.5` belongs to it, that of `Rs.500` and `5.–` does not. */
const aroundNumber = lazyPattern(
  '^(\\D*?)((?:(?<!\\p{L})[.,])?\\d(?:.*\\d)?)(?:[.,][-–—]*)?(\\D*)$',
)

/** The sign, the number, and what stands around it. */
function partsOf(text: string) {
  const plain = text.normalize('NFKC').replace(/[’`´]/g, "'").replace(/−/g, '-').replace(/\s/g, ' ')
  const [, before = '', number = '', behind = ''] = aroundNumber().exec(plain) ?? []
  const sign = before.replace(/[^+-]/g, '')
  if (sign.length > 1) return undefined
  const around = [before.replace(/[+-]/, ''), behind]
  const currencies = around.map((one) => one.trim()).filter((one) => one !== '')
  return { sign, number, currencies }
}
