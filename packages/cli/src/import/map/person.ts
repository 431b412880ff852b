import type { Target } from '../sources/target.ts'
import { hasLostDigits } from '../values/cell.ts'
import type { CellReader } from './cells.ts'
import type { Plan } from './plan.ts'

/** Meta takes several values of these: all that the row has are sent. */
const LISTS: ReadonlySet<string> = new Set(['em', 'ph', 'external_id'])
/** Fields of digits, which spreadsheets cut short. */
const DIGITS: ReadonlySet<string> = new Set(['ph', 'zp', 'external_id', 'lead_id', 'db'])
/** Countries whose postal codes have five digits, and may begin with 0. */
const FIVE_DIGITS: ReadonlySet<string> = new Set(
  'de us fr it es fi se mx tr kr my th ua hr ee lt sa pr mc germany france italy spain'.split(' '),
)

/** Reads who an order is from. */
export function personReader({ columns, answers }: Plan, cells: CellReader) {
  const fields = [...columns.keys()]
    .filter((target) => target.startsWith('user_data.') && target !== 'user_data.name')
    .map((target) => ({ target, field: target.slice('user_data.'.length) }))
  const hasName = cells.has('user_data.name')

  return (rows: readonly (readonly string[])[], warnings: string[]): Record<string, unknown> => {
    const person: Record<string, unknown> = {}
    for (const { target, field } of fields) {
      const value = valuesOf(rows, { target, field }, warnings)
      if (value !== undefined) person[field] = value
    }
    if (hasName && person['fn'] === undefined && person['ln'] === undefined)
      Object.assign(person, splitName(firstOf(rows, 'user_data.name')))
    person['country'] ??= answers.country
    if (person['country'] === undefined) delete person['country']
    if (isShortZip(person)) {
      delete person['zp']
      warnings.push('zip_short')
    }
    return person
  }

  /** Later rows of an order repeat the person, or leave it blank. */
  function firstOf(rows: readonly (readonly string[])[], target: Target): string {
    for (const row of rows) {
      const text = cells.first(row, target)
      if (text !== '') return text
    }
    return ''
  }

  function valuesOf(
    rows: readonly (readonly string[])[],
    { target, field }: { readonly target: Target; readonly field: string },
    warnings: string[],
  ): string | readonly string[] | undefined {
    if (!LISTS.has(field)) {
      const text = firstOf(rows, target)
      return text === '' || isCut(field, text, warnings) ? undefined : text
    }
    const first = rows[0] ?? []
    // Shops write 0 for a guest: one external_id for all of them.
    const all = cells
      .all(first, target)
      .filter((text) => text !== '0' && !isCut(field, text, warnings))
    return all.length > 1 ? all : all[0]
  }
}

function isCut(field: string, text: string, warnings: string[]): boolean {
  if (!DIGITS.has(field) || !hasLostDigits(text)) return false
  warnings.push('digits_lost')
  return true
}

function isShortZip({ zp, country }: Record<string, unknown>): boolean {
  return (
    typeof zp === 'string' &&
    zp.length === 4 &&
    /^[1-9]\d{3}$/.test(zp) &&
    typeof country === 'string' &&
    FIVE_DIGITS.has(country.toLowerCase())
  )
}

/** `Anna Muster`, `Muster, Anna`. Of three words and more, both readings: Meta takes several. */
export function splitName(name: string): { readonly fn?: unknown; readonly ln?: unknown } {
  const comma = /^([^,]+), *([^,]+)$/.exec(name)
  if (comma !== null) return { fn: comma[2], ln: comma[1] }
  const words = name.split(/\s+/)
  const [first = '', last = ''] = [words[0], words.at(-1)]
  if (name === '' || words.length === 1) return name === '' ? {} : { ln: name }
  if (words.length === 2) return { fn: first, ln: last }
  return { fn: [first, words.slice(0, -1).join(' ')], ln: [last, words.slice(1).join(' ')] }
}
