/**
 * ISO 8601, and how SQL and Go write it: a blank instead of T, a zone of two digits. Not `Date.parse`, which reads
 * a time without zone in the machine's own, and other forms differently on each runtime.
 */
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?(Z|UTC|GMT)| ?([+-])(\d\d):?(\d\d)?(?: UTC)?)?)?$/i

const MINUTE_MS = 60_000

/** A moment that was written down. */
export interface IsoTime {
  /** Unix milliseconds. */
  readonly ms: number
  /** `Z`, as `JSON.stringify` writes a Date; an offset; or none, and then it was read as UTC. */
  readonly zone: 'utc' | 'offset' | undefined
}

/** Undefined for other texts, and for a day or an hour that does not exist. */
export function isoTime(text: string): IsoTime | undefined {
  const parts = ISO.exec(text)
  if (parts === null) return undefined
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = 0, utc, sign, ...offset] =
    parts
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day))
  const isDay = new Date(midnight).getUTCDate() === Number(day) && Number(month) <= 12
  const minutes = Number(hour) * 60 + Number(minute)
  // 24:00 ends a day, and a leap second is the sixtieth.
  const isTime = minutes <= 1440 && Number(minute) < 60 && Number(second) <= 60
  if (!isDay || !isTime) return undefined
  const [hours = 0, rest = 0] = offset
  const offsetMinutes = (Number(hours) * 60 + Number(rest)) * (sign === '-' ? -1 : 1)
  return {
    ms: midnight + (minutes - offsetMinutes) * MINUTE_MS + Number(`${second}.${fraction}`) * 1_000,
    zone: utc !== undefined ? 'utc' : sign !== undefined ? 'offset' : undefined,
  }
}
