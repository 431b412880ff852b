import { calendarDay } from '../field/calendar-day.ts'
import { isAscii } from '../field/clean.ts'
import { isoTime } from './iso-time.ts'

const MIN_YEAR = 1900
const MAX_LENGTH = 64

/**
 * `YYYYMMDD` of a real day from 1900 to today. Takes ISO text, eight digits that start with the
 * year, or three groups of digits: year first if it has four digits, else last; month before day
 * unless it is over 12. Two-digit years are not guessed. A time in UTC means the same as the Date it was written from.
 * Source: Meta, Customer Information Parameters, read 2026-09; order of groups: Parameter Builder.
 */
export function birthDate(text: string, { now }: { readonly now: number }): string | undefined {
  if (text.length > MAX_LENGTH) return undefined
  if (text.length === 10 && text[4] === '-' && text[7] === '-') {
    return day(text.slice(0, 4), text.slice(5, 7), text.slice(8), now)
  }
  const time = isoTime(text)
  if (time?.zone === 'utc') return birthDate(calendarDay(new Date(time.ms)) ?? '', { now })
  const groups = digitGroups(isAscii(text) ? withoutTime(text) : text.normalize('NFKC'))
  const [first = '', second = '', third = ''] =
    groups.length === 1 ? eightDigits(groups[0] ?? '') : groups
  if (groups.length > 3 && !/^\d{4}-\d\d-\d\d[Tt ]/.test(text)) return undefined
  if (first.length === 4) return day(first, second, third, now)
  return third.length === 4 ? day(third, first, second, now) : undefined
}

/** `31/01/1990 00:00:00`, as databases and spreadsheets write a day. */
function withoutTime(text: string): string {
  const space = text.indexOf(' ')
  return space > 0 && text.includes(':', space) ? text.slice(0, space) : text
}

function eightDigits(text: string): readonly string[] {
  return text.length === 8 ? [text.slice(0, 4), text.slice(4, 6), text.slice(6)] : []
}

function digitGroups(text: string): readonly string[] {
  const groups: string[] = []
  let start = -1
  for (let i = 0; i <= text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0x30 && code <= 0x39) {
      if (start < 0) start = i
    } else if (start >= 0) {
      groups.push(text.slice(start, i))
      start = -1
    }
  }
  return groups
}

function day(yearText: string, a: string, b: string, now: number): string | undefined {
  if (a === '' || b === '' || a.length > 2 || b.length > 2) return undefined
  const year = whole(yearText)
  const isDayFirst = whole(a) > 12
  const month = whole(isDayFirst ? b : a)
  const date = whole(isDayFirst ? a : b)
  const isDay =
    year >= MIN_YEAR && month >= 1 && month <= 12 && date >= 1 && date <= daysIn(year, month)
  if (!isDay) return undefined
  if (year >= yearOf(now) && Date.UTC(year, month - 1, date) > now) return undefined
  return yearText + pad(month) + pad(date)
}

const YEAR_MS = 31_556_952_000

/** Give or take a day, and never too late. */
function yearOf(ms: number): number {
  return 1969 + Math.floor(ms / YEAR_MS)
}

/** NaN for anything but digits. */
function whole(text: string): number {
  let number = 0
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 0x30
    if (digit < 0 || digit > 9) return Number.NaN
    number = number * 10 + digit
  }
  return number
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}

function pad(part: number): string {
  return part < 10 ? `0${part}` : String(part)
}

/** `DD` (`dobd`). Known from Meta's SDKs only. */
export function birthDay(text: string): string | undefined {
  return within(text, 31)
}

/** `MM` (`dobm`). Known from Meta's SDKs only. */
export function birthMonth(text: string): string | undefined {
  return within(text, 12)
}

function within(text: string, max: number): string | undefined {
  if (!/^\d{1,2}$/.test(text)) return undefined
  const part = Number(text)
  return part >= 1 && part <= max ? pad(part) : undefined
}

/** `YYYY` (`doby`). Known from Meta's SDKs only. */
export function birthYear(text: string, { now }: { readonly now: number }): string | undefined {
  const isYear = /^\d{4}$/.test(text) && Number(text) >= MIN_YEAR
  return isYear && Number(text) <= new Date(now).getUTCFullYear() ? text : undefined
}
