import { normalizeField } from '../../src/index.ts'

/** Runs in a process with a time zone of its own: prints each Date whose day is not the one that was meant. */
const now = Date.UTC(2026, 10, 28, 12)
const years = [1900, 1924, 1945, 1970, 1972, 1980, 1989, 1990, 1999, 2000, 2008, 2024]
const failures: string[] = []
let count = 0

function expectDay(date: Date, day: string | undefined): void {
  count++
  const found = normalizeField('db', date, { nowMs: now })
  if (found !== day) failures.push(`${date.toISOString()}: ${found}, not ${day}`)
}

for (const year of years) {
  for (let month = 0; month < 12; month++) {
    for (const date of [1, 2, 13, 27, 28, 29, 30, 31]) {
      const utc = new Date(Date.UTC(year, month, date))
      if (utc.getUTCMonth() !== month) continue
      const day = utc.toISOString().slice(0, 10).replaceAll('-', '')
      expectDay(utc, day)
      const local = new Date(year, month, date) // What pg, Knex and their like make of a DATE column.
      if (local.getDate() === date) expectDay(local, day)
      expectDay(new Date(local.getTime() + 3_600_000 * 9.37), undefined)
      if (
        normalizeField('db', local.toISOString(), { nowMs: now }) !== day &&
        local.getDate() === date
      )
        failures.push(`the text ${local.toISOString()}`)
    }
  }
}
process.stdout.write(
  JSON.stringify({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone, count, failures }),
)
