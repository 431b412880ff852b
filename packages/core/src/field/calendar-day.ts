const DAY_MS = 86_400_000

/**
 * The day a Date names, as `YYYY-MM-DD`: midnight UTC is that day, else midnight local (what `pg`, Knex and
 * their like make of a DATE column) is that day. Undefined for any other moment: its day depends on the zone.
 */
export function calendarDay(date: Date): string | undefined {
  const time = date.getTime()
  if (Number.isNaN(time)) return undefined
  if (time % DAY_MS === 0) return date.toISOString().slice(0, 10)
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()]
  // Not by hours: where clocks go forward at midnight, a day begins at one o'clock.
  if (new Date(year, month, day).getTime() !== time) return undefined
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10)
}
