/**
 * ISO 8601, and how SQL and Go write it: a blank instead of T, a zone of two digits. Not `Date.parse`, which reads
 * a time without zone in the machine's own, and other forms differently on each runtime.
 */
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):([0-5]\d)(?::([0-5]\d|60)(?:[.,](\d{1,9}))?)?(?: ?(Z|UTC|GMT)| ?([+-])(\d\d):?(\d\d)?(?: UTC)?)?)?$/i

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
  const [year = 0, month = 0, day, ...times] = parts.slice(1, 7).map((part) => Number(part ?? 0))
  const [hour = 0, minute = 0, second = 0] = times
  const [fraction = 0, utc, sign, hours = 0, minutes = 0] = parts.slice(7)
  const midnight = Date.UTC(year, month - 1, day)
  const written = hour * 60 + minute
  // 24:00 ends a day, and a leap second is the sixtieth.
  if (month > 12 || new Date(midnight).getUTCDate() !== day || written > 1440) return undefined
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  return {
    ms: midnight + (written - offset) * MINUTE_MS + Number(`${second}.${fraction}`) * 1_000,
    zone: utc !== undefined ? 'utc' : sign !== undefined ? 'offset' : undefined,
  }
}
