import { type Moment, momentOf, type Zone } from './zones.ts'

/** Which number comes first in `03/04/2026`. */
export type DateOrder = 'dmy' | 'mdy'

/** How the times of a file are read. */
export interface TimeStyle {
  readonly order: DateOrder | undefined
  /** Of times that name no zone themselves. */
  readonly zone: Zone | undefined
}

/** Why a text is no time here. `order_unknown`, `zone_unknown`: an option decides. */
export type NoTime = 'not_a_time' | 'order_unknown' | 'zone_unknown' | 'order_contradicts'

const MAX_LENGTH = 64
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?(?: ?(Z|UTC|GMT)|(?: UTC)? ?([+-])(\d\d):?(\d\d)?)?)?$/i
const SLASHED = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:,? +(.+))?$/
const CLOCK = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?: ?([AP])\.?M\.?)?$/i
const UNIX = /^\d{10}(?:\.\d+)?$/
const LONG_UNIX = /^(?:\d{13}|\d{16})$/
const COMPACT = /^(\d{4})(\d\d)(\d\d)$/
/** Days since 1899-12-30, as spreadsheets count: 2009 to 2064. */
const SERIAL = /^[45]\d{4}(?:[.,]\d{1,12})?$/

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** Reads a time, or a date and its time of day from another column. */
export function readTime(text: string, style: TimeStyle, timeOfDay = ''): Moment | NoTime {
  if (text.length > MAX_LENGTH) return 'not_a_time'
  const iso = ISO.exec(text)
  if (iso !== null) return readIso(iso, style, timeOfDay)
  if (UNIX.test(text)) return { ms: Math.floor(Number(text)) * 1_000, isDoubtful: false }
  if (LONG_UNIX.test(text)) return { ms: Number(text.slice(0, 10)) * 1_000, isDoubtful: false }
  const local = localOf(text, style.order, timeOfDay)
  return typeof local === 'string' ? local : inZone(local, style.zone)
}

function readIso(parts: RegExpExecArray, { zone }: TimeStyle, timeOfDay: string): Moment | NoTime {
  const [, year, month, day, hour, minute, second, utc, sign, hours, minutes] = parts
  const midnight = dayOf(Number(year), Number(month), Number(day))
  if (midnight === undefined) return 'not_a_time'
  const ofDay =
    hour === undefined
      ? clockMs(timeOfDay)
      : hmsMs(Number(hour), Number(minute), Number(second ?? 0))
  if (ofDay === undefined) return 'not_a_time'
  const localMs = midnight + ofDay
  if (utc !== undefined) return { ms: localMs, isDoubtful: false }
  if (sign === undefined) return inZone(localMs, zone)
  const offset = (Number(hours) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1)
  return { ms: localMs - offset * MINUTE_MS, isDoubtful: false }
}

/** The time on the wall, as if it were UTC. */
function localOf(text: string, order: DateOrder | undefined, timeOfDay: string): number | NoTime {
  const compact = COMPACT.exec(text)
  if (compact !== null)
    return sum(dayOf(Number(compact[1]), Number(compact[2]), Number(compact[3])), timeOfDay)
  if (SERIAL.test(text)) {
    const days = Number(text.replace(',', '.'))
    return Math.round((Date.UTC(1899, 11, 30) + days * DAY_MS) / 1_000) * 1_000
  }
  const parts = SLASHED.exec(text)
  if (parts === null) return 'not_a_time'
  const [, first = '', separator, second = '', year = '', clock] = parts
  const dayFirst = dayIsFirst(Number(first), Number(second), separator === '.' ? 'dmy' : order)
  if (typeof dayFirst === 'string') return dayFirst
  const fullYear = year.length === 2 ? 2_000 + Number(year) : Number(year)
  const [day, month] = dayFirst ? [first, second] : [second, first]
  return sum(dayOf(fullYear, Number(month), Number(day)), clock ?? timeOfDay)
}

/** Whether the first number is the day. Points are written by countries that put it first. */
function dayIsFirst(
  first: number,
  second: number,
  order: DateOrder | undefined,
): boolean | 'order_unknown' | 'order_contradicts' {
  const shown = first > 12 ? 'dmy' : second > 12 ? 'mdy' : undefined
  if (shown !== undefined && order !== undefined && shown !== order) return 'order_contradicts'
  const known = order ?? shown
  return known === undefined ? 'order_unknown' : known === 'dmy'
}

/** What a date shows about the order in its file; undefined: nothing, as `03/04/2026`. */
export function dateOrderIn(text: string): DateOrder | undefined {
  const parts = text.length > MAX_LENGTH ? null : SLASHED.exec(text)
  if (parts === null || parts[2] === '.') return undefined
  return Number(parts[1]) > 12 ? 'dmy' : Number(parts[3]) > 12 ? 'mdy' : undefined
}

/** Whether only `--date` can read it. */
export function isAmbiguousDate(text: string): boolean {
  const parts = text.length > MAX_LENGTH ? null : SLASHED.exec(text)
  return parts !== null && parts[2] !== '.' && Number(parts[1]) <= 12 && Number(parts[3]) <= 12
}

function inZone(localMs: number, zone: Zone | undefined): Moment | NoTime {
  return zone === undefined ? 'zone_unknown' : momentOf(localMs, zone)
}

function sum(midnight: number | undefined, clock: string): number | NoTime {
  const ofDay = clockMs(clock)
  return midnight === undefined || ofDay === undefined ? 'not_a_time' : midnight + ofDay
}

/** `14:02:11`, `2:30 PM`; blank is midnight. */
function clockMs(text: string): number | undefined {
  if (text === '') return 0
  const parts = CLOCK.exec(text)
  if (parts === null) return undefined
  const hour = Number(parts[1])
  const half = parts[4]?.toUpperCase()
  if (half !== undefined && (hour < 1 || hour > 12)) return undefined
  const hour24 = half === undefined ? hour : (hour % 12) + (half === 'P' ? 12 : 0)
  return hmsMs(hour24, Number(parts[2]), Number(parts[3] ?? 0))
}

function hmsMs(hour: number, minute: number, second: number): number | undefined {
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0))
    return undefined
  return ((hour * 60 + minute) * 60 + second) * 1_000
}

function dayOf(year: number, month: number, day: number): number | undefined {
  if (year < 1_000 || month < 1 || month > 12 || day < 1) return undefined
  const ms = Date.UTC(year, month - 1, day)
  return new Date(ms).getUTCDate() === day ? ms : undefined
}
