const MIN_YEAR = 1900
const MAX_LENGTH = 64

/**
 * `YYYYMMDD` of a real day from 1900 to today. Takes ISO text, eight digits that start with the
 * year, or three groups of digits: year first if it has four digits, else last; month before day
 * unless it is over 12. Two-digit years are not guessed.
 * Source: Meta, Customer Information Parameters, read 2026-09; order of groups: Parameter Builder.
 */
export function birthDate(text: string, { now }: { readonly now: number }): string | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const groups = digitGroups(text.normalize('NFKC'))
  const [first = '', second = '', third = ''] =
    groups.length === 1 ? eightDigits(groups[0] ?? '') : groups
  if (groups.length > 3 && !/^\d{4}-\d\d-\d\d[T ]/.test(text)) return undefined
  if (first.length === 4) return day(first, second, third, now)
  return third.length === 4 ? day(third, first, second, now) : undefined
}

function eightDigits(text: string): readonly string[] {
  return text.length === 8 ? [text.slice(0, 4), text.slice(4, 6), text.slice(6)] : []
}

function digitGroups(text: string): readonly string[] {
  const groups: string[] = []
  let group = ''
  for (const character of text) {
    if (character >= '0' && character <= '9') group += character
    else if (group !== '') {
      groups.push(group)
      group = ''
    }
  }
  return group === '' ? groups : [...groups, group]
}

function day(yearText: string, a: string, b: string, now: number): string | undefined {
  if (a === '' || b === '' || a.length > 2 || b.length > 2) return undefined
  const year = Number(yearText)
  const [month, date] = Number(a) > 12 ? [Number(b), Number(a)] : [Number(a), Number(b)]
  const time = Date.UTC(year, month - 1, date)
  const isReal = new Date(time).getUTCMonth() === month - 1 && new Date(time).getUTCDate() === date
  if (!isReal || year < MIN_YEAR || time > now) return undefined
  return `${yearText}${pad(month)}${pad(date)}`
}

function pad(part: number): string {
  return String(part).padStart(2, '0')
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
