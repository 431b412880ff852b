import { lazyPattern } from '../runtime/lazy.ts'
import { calendarDay } from './calendar-day.ts'

/** Longer than any field's value: a rule must not work through a megabyte. */
const MAX_LENGTH = 8_192

/**
 * Trimmed text of a string, a finite number or a Date (the day it names); undefined for everything else
 * and for nothing. Accents stay as they are composed: ids are compared byte for byte.
 */
export function toText(value: unknown): string | undefined {
  if (typeof value === 'string') {
    const text = trimmed(value)
    return text === '' || isShortened(text) ? undefined : text
  }
  if (typeof value === 'number') return isExact(value) ? String(value) : undefined
  if (typeof value === 'bigint') return trimmed(String(value))
  return value instanceof Date ? calendarDay(value) : undefined
}

/** Also of the invisible characters that JavaScript's `trim` leaves: zero width space and word joiner. */
export function trimmed(text: string): string {
  const { length } = text
  if (length > MAX_LENGTH) return ''
  if (isWord(text.charCodeAt(0)) && isWord(text.charCodeAt(length - 1))) return text
  let start = 0
  let end = length
  while (start < end && isBlank(text.charCodeAt(start))) start++
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

function isWord(code: number): boolean {
  return code > 0x20 && code <= 0x7f
}

/** A whole number beyond 2^53 has lost its last digits on the way here: as an id it is another's. So has its text. */
export function hasLostDigits(value: unknown): boolean {
  return typeof value === 'string'
    ? isShortened(trimmed(value))
    : Number.isInteger(value) && !Number.isSafeInteger(value)
}

/** `4.91512E+12`, as spreadsheets write long numbers: many people have that one. */
function isShortened(text: string): boolean {
  const mark = text.charCodeAt(text.length - 3)
  if (mark !== 0x2b && (mark | 0x20) !== 0x65) return false
  const [, decimals = '', sign, power] = /^\d(?:[.,](\d{1,20}))?e(\+?)(\d\d)$/i.exec(text) ?? []
  return (decimals !== '' || sign === '+') && decimals.length < Number(power)
}

function isExact(value: number): boolean {
  return Number.isFinite(value) && !hasLostDigits(value)
}

export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false
  return true
}

/**
 * The text, and ASCII text in one piece of memory. Text that was cut from a header or joined by a template is pieces to V8, and one such text makes
 * `JSON.stringify` take twice as long for the whole event (Node.js 26). Normalising copies them, and changes no ASCII.
 */
export function inOnePiece(text: string): string {
  return isAscii(text) ? text.normalize() : text
}

/** White space as Unicode and JavaScript define it, and the invisible marks that are copied along with text. */
export function isBlank(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d)
  if (code < 0xa0) return false
  return (
    (code >= 0x2000 && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202f) ||
    BLANKS.includes(code)
  )
}

const BLANKS: readonly number[] = [
  0xa0, 0xad, 0x1680, 0x2028, 0x2029, 0x205f, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0x3000,
  0xfeff,
]

const accents = lazyPattern('\\p{M}', 'gu')

/** Lower-case and without accents, for looking up what people write with and without them. */
export function foldAccents(text: string): string {
  return text.normalize('NFD').replace(accents(), '').normalize('NFC').toLowerCase()
}

/** The digits of a number that went through a float: `4915123456789.0`, or `10115,0` of a German spreadsheet. */
export function withoutFloat(text: string): string {
  if (text.charCodeAt(text.length - 1) !== 0x30) return text
  return text.replace(/^(\d{1,32})[.,]0{1,4}$/, '$1')
}

/** Deletes every blank, wherever it stands. */
export function removeBlanks(text: string): string {
  let kept = ''
  let from = 0
  for (let i = 0; i < text.length; i++) {
    if (!isBlank(text.charCodeAt(i))) continue
    kept += text.slice(from, i)
    from = i + 1
  }
  return from === 0 ? text : kept + text.slice(from)
}
