/** Codes of rows that are refused here, before core sees them, and what to do. */
export const REFUSALS = {
  row_ragged:
    'The row has more or fewer cells than the header. Quote cells that hold the delimiter.',
  row_unreadable: 'A quote stands in the wrong place. Double quotes inside of quoted cells.',
  state_unknown: 'It is not known whether this state is a sale. If it is, pass --sold with it.',
  time_missing: 'The row has no time. Fill the column, or leave the row out.',
  time_invalid: 'The time cannot be read. Write 2026-11-20 14:02:11.',
  date_ambiguous: 'Day and month can be read in two ways. Pass --date dmy or --date mdy.',
  date_contradicts: 'The date is written in the other order than the rest of the file. Correct it.',
  zone_missing: 'The time names no zone. Pass --timezone, for example Europe/Zurich.',
  zone_ambiguous:
    'The name of the zone means several. Pass --timezone, for example America/Chicago.',
  zone_unknown: 'The name of the zone is not known. Pass --timezone, for example Europe/Zurich.',
  amount_invalid: 'The amount is no number. Write 1299.50.',
  amount_ambiguous:
    'The separator can be one of decimals or of thousands. Pass --decimal point or --decimal comma.',
  amount_contradicts:
    'The amount has another decimal separator than the rest of the file. Correct it.',
  order_id_missing:
    'The row has no order id: sent again, it would count twice. Fill the column, or pass --allow-row-id.',
  order_id_lost_digits:
    'A spreadsheet has cut the order id to a few digits. Export again, and do not save the file in a spreadsheet.',
  order_repeated:
    'The same order stands further up in the file. Rows of one order must stand next to each other.',
  other_dataset: 'The row is for another dataset than the one that is uploaded to.',
} as const

export type RefusalCode = keyof typeof REFUSALS

/** Why a row is no event, though nothing is wrong with it. */
export type SkipReason = string

/** What an order of the file is. */
export type Outcome =
  | {
      readonly kind: 'event'
      readonly input: Readonly<Record<string, unknown>>
      readonly warnings: readonly string[]
    }
  | { readonly kind: 'skipped'; readonly reason: SkipReason }
  | { readonly kind: 'refused'; readonly code: string; readonly fix: string }

export function refuse(code: RefusalCode, fix: string = REFUSALS[code]): Outcome {
  return { kind: 'refused', code, fix }
}

/** Codes of values that are left out or doubted, and what that means. */
export const WARNINGS = {
  digits_lost: 'A spreadsheet has cut a number to a few digits (4.9E+12); it was left out.',
  zip_short:
    'A postal code of a country with five digits has four: a spreadsheet took its zero. It was left out.',
  clock_changed:
    'The local time exists twice or never, as the clock was changed; the first was taken.',
  order_by_name:
    'The order has no Id; its name was taken. A tracked copy of it counts as another sale.',
} as const
