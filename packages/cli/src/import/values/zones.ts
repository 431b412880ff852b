/**
 * Names of zones that exports write in a column of their own. Fixed offsets in minutes for abbreviations that mean one; IANA names
 * for the names of Rails, which Square writes.
 */
const OFFSETS: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  Z: 0,
  WET: 0,
  WEST: 60,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  EST: -300,
  EDT: -240,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
  JST: 540,
  KST: 540,
  SGT: 480,
  HKT: 480,
  AWST: 480,
  AEST: 600,
  AEDT: 660,
  ACST: 570,
  ACDT: 630,
  NZST: 720,
  NZDT: 780,
}

/** Written in several countries for different times: India, Israel and Ireland; the USA, China and Cuba … */
const SHARED: ReadonlySet<string> = new Set([
  'IST',
  'CST',
  'BST',
  'AST',
  'ADT',
  'GST',
  'ECT',
  'SST',
  'PKT',
])

const RAILS: Readonly<Record<string, string>> = {
  'Eastern Time (US & Canada)': 'America/New_York',
  'Central Time (US & Canada)': 'America/Chicago',
  'Mountain Time (US & Canada)': 'America/Denver',
  'Pacific Time (US & Canada)': 'America/Los_Angeles',
  'Atlantic Time (Canada)': 'America/Halifax',
  'Indiana (East)': 'America/Indiana/Indianapolis',
  Arizona: 'America/Phoenix',
  Alaska: 'America/Juneau',
  Hawaii: 'Pacific/Honolulu',
  Newfoundland: 'America/St_Johns',
  Saskatchewan: 'America/Regina',
  London: 'Europe/London',
  Edinburgh: 'Europe/London',
  Dublin: 'Europe/Dublin',
  Paris: 'Europe/Paris',
  Madrid: 'Europe/Madrid',
  Berlin: 'Europe/Berlin',
  Amsterdam: 'Europe/Amsterdam',
  Rome: 'Europe/Rome',
  Vienna: 'Europe/Vienna',
  Bern: 'Europe/Zurich',
  Zurich: 'Europe/Zurich',
  Tokyo: 'Asia/Tokyo',
  Osaka: 'Asia/Tokyo',
  Sydney: 'Australia/Sydney',
  Melbourne: 'Australia/Melbourne',
  Brisbane: 'Australia/Brisbane',
  Adelaide: 'Australia/Adelaide',
  Perth: 'Australia/Perth',
  Hobart: 'Australia/Hobart',
  Darwin: 'Australia/Darwin',
  Auckland: 'Pacific/Auckland',
}

/** A zone by which a local time becomes a moment: minutes east of Greenwich, or an IANA name; `shared`: several have that name. */
export type Zone = number | string

/** The zone of a name, or why there is none. */
export function zoneNamed(name: string): Zone | undefined {
  const known = zones.get(name)
  if (known !== undefined) return known === '' ? undefined : known
  const zone = findZone(name)
  if (zones.size < 1_000) zones.set(name, zone ?? '')
  return zone
}

/** Bounded: what a name means does not change. */
const zones = new Map<string, Zone>()

function findZone(name: string): Zone | undefined {
  const upper = name.toUpperCase()
  if (SHARED.has(upper)) return 'shared'
  const fixed = OFFSETS[upper] ?? offsetOf(name)
  if (fixed !== undefined) return fixed
  const iana = RAILS[name] ?? name
  return isIana(iana) ? iana : undefined
}

/** `+01:00`, `-0500`, `GMT+2`. */
function offsetOf(text: string): number | undefined {
  const parts = /^(?:UTC|GMT)?([+-])(\d{1,2}):?([0-5]\d)?$/i.exec(text)
  if (parts === null) return undefined
  const minutes = Number(parts[2]) * 60 + Number(parts[3] ?? 0)
  return minutes > 14 * 60 ? undefined : (parts[1] === '-' ? -1 : 1) * minutes
}

/** A full name only: Node also takes abbreviations, which here are in the tables above or mean several. */
function isIana(name: string): boolean {
  if (!name.includes('/')) return false
  try {
    formatOf(name)
    return true
  } catch {
    return false
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(zone, format)
  }
  return format
}

/** Minutes east of Greenwich at a moment. */
function offsetAt(zone: string, ms: number): number {
  const parts: Record<string, number> = {}
  for (const { type, value } of formatOf(zone).formatToParts(ms)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  const local = Date.UTC(year, month - 1, day, hour, minute, second)
  return Math.round((local - Math.floor(ms / 1_000) * 1_000) / 60_000)
}

/** A local time as a moment, and whether the clock change makes it a doubt: the hour exists twice, or never. */
export interface Moment {
  readonly ms: number
  readonly isDoubtful: boolean
}

const MINUTE_MS = 60_000
const QUARTER_MS = 15 * MINUTE_MS

/** @param localMs the time on the wall, written as if it were UTC */
export function momentOf(localMs: number, zone: Zone): Moment {
  if (typeof zone === 'number') return { ms: localMs - zone * MINUTE_MS, isDoubtful: false }
  // Offsets change at quarters of an hour: neighbours in a file share the answer.
  const quarter = Math.floor(localMs / QUARTER_MS)
  if (zone !== cachedZone || quarters.size > 20_000) {
    quarters.clear()
    cachedZone = zone
  }
  let found = quarters.get(quarter)
  if (found === undefined) {
    found = offsetsOf(quarter * QUARTER_MS, zone)
    quarters.set(quarter, found)
  }
  return { ms: localMs - found.offset * MINUTE_MS, isDoubtful: found.isDoubtful }
}

let cachedZone: string | undefined
const quarters = new Map<number, { readonly offset: number; readonly isDoubtful: boolean }>()

const DAY_MS = 86_400_000

/** The first moment that shows this time on the wall; where none does, the time counts as of before the change. */
function offsetsOf(localMs: number, zone: string) {
  const before = offsetAt(zone, localMs - DAY_MS)
  const after = offsetAt(zone, localMs + DAY_MS)
  const fits = (offset: number) => offsetAt(zone, localMs - offset * MINUTE_MS) === offset
  if (before === after) return { offset: before, isDoubtful: false }
  const isBefore = fits(before)
  const isAfter = fits(after)
  return { offset: isBefore || !isAfter ? before : after, isDoubtful: isBefore === isAfter }
}
