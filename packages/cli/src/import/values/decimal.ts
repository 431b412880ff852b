/** Which character stands before the decimals of a file. */
export type DecimalStyle = 'point' | 'comma'

/** An amount as it was written. `sign`: the currency sign or code beside it. */
export interface Amount {
  readonly value: number
  readonly sign: string
}

/** Why there is none: no number, one that only `--decimal` can read, or one of the other style than the file's. */
export type NoAmount = 'not_a_number' | 'ambiguous' | 'contradicts'

const MAX_LENGTH = 64
const PLAIN = /^-?\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?$/i
const MAYBE_GROUP = /^-?[1-9]\d{0,2}[.,]\d{3}$/
/** Blanks of any width and apostrophes group digits, and are never decimal. */
const GROUP_SIGNS = /[\s'’`´_]/g
const PARTS = /^([^\d.,]*)([\d.,\s'’`´_]*\d)(?:[.,][-–—]*)?([^\d]*)$/u

/** Reads an amount. With a style there is one reading of each; without, only of those that have one anyway. */
export function readAmount(text: string, style: DecimalStyle | undefined): Amount | NoAmount {
  if (text.length > MAX_LENGTH) return 'not_a_number'
  // The usual case, without any further look.
  if (style !== 'comma' && PLAIN.test(text) && !(style === undefined && MAYBE_GROUP.test(text)))
    return { value: Number(text), sign: '' }
  const parts = partsOf(text)
  if (parts === undefined) return 'not_a_number'
  const found = styleOf(parts.number)
  if (found === 'none') return 'not_a_number'
  if (found === 'ambiguous' && style === undefined) return 'ambiguous'
  if (style !== undefined && (found === 'point' || found === 'comma') && found !== style)
    return 'contradicts'
  const decimal = (found === 'ambiguous' ? style : found) === 'comma' ? ',' : '.'
  const group = decimal === ',' ? '.' : ','
  const value = Number(parts.number.replaceAll(group, '').replace(decimal, '.'))
  if (!Number.isFinite(value)) return 'not_a_number'
  return { value: parts.isNegative ? -value : value, sign: parts.sign }
}

/** What a value shows about the file's style; undefined: nothing, as `49` and `1,299`. */
export function decimalStyleIn(text: string): DecimalStyle | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const number = partsOf(text)?.number
  const style = number === undefined ? 'none' : styleOf(number)
  return style === 'point' || style === 'comma' ? style : undefined
}

/** Whether only `--decimal` can read it. */
export function isAmbiguousAmount(text: string): boolean {
  return readAmount(text, undefined) === 'ambiguous'
}

/** `(12.00)` and `12.00-` are negative, as bookkeepers write. */
function partsOf(given: string) {
  let text = given.trim().replace(/−/g, '-')
  let isNegative = false
  if (text.startsWith('(') && text.endsWith(')')) {
    isNegative = true
    text = text.slice(1, -1)
  }
  const exponent = /^[+-]?\d+(?:\.\d+)?e[+-]?\d{1,3}$/i.test(text)
  if (exponent) return { number: String(Number(text)), sign: '', isNegative: false }
  const parts = PARTS.exec(text)
  if (parts === null) return undefined
  const [, before = '', written = '', behind = ''] = parts
  const around = `${before} ${behind}`
  const minus = around.split('-').length - 1
  if (minus > 1 || (minus === 1 && isNegative)) return undefined
  const sign = around.replace(/[+-]/g, '').trim()
  if (sign.length > 12) return undefined
  return {
    number: written.replace(GROUP_SIGNS, ''),
    sign,
    isNegative: isNegative || minus === 1,
  }
}

/** The style that a bare number shows. `whole`: no separator. `ambiguous`: `1,299`. `none`: no number. */
function styleOf(number: string): DecimalStyle | 'whole' | 'ambiguous' | 'none' {
  const separators = number.replace(/\d/g, '')
  if (separators === '') return 'whole'
  if (separators.length === 1) {
    if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(number)) return 'ambiguous'
    return separators === ',' ? 'comma' : 'point'
  }
  const last = separators.at(-1) === ',' ? 'comma' : 'point'
  const groups = separators.slice(0, -1)
  const first = groups.charAt(0)
  if (groups.replaceAll(first, '') !== '') return 'none'
  const isGroupsOnly = separators.at(-1) === first
  if (!isGroupsOnly)
    return isGrouped(number.split(separators.at(-1) ?? '')[0] ?? '', first) ? last : 'none'
  // `1.234.567`: groups only, so the other character is the decimal one.
  return isGrouped(number, first) ? (first === ',' ? 'point' : 'comma') : 'none'
}

/** Groups of three, or in pairs before the last three as in India. */
function isGrouped(number: string, separator: string): boolean {
  const [head = '', ...groups] = number.split(separator)
  if (head === '' || head.length > 3 || groups.length === 0) return false
  const last = groups.at(-1) ?? ''
  return (
    last.length === 3 && groups.slice(0, -1).every(({ length }) => length === 3 || length === 2)
  )
}
