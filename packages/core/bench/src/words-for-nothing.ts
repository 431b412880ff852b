import type { Field } from './meta-libraries.ts'
import { PERSONAL } from './orders.ts'
import type { Person } from './people.ts'

/** What people, programs, spreadsheets and CRMs write where nothing was given, in the main languages of forms; sources: rulings of 2026-11. */
const WORDS: readonly string[] = String.raw`
N/A, n/a, n.a., N.A., #N/A, #NV, #REF!, <NA>, \N, none, None, (none), null, NULL, nil, not set, (not set), unknown, Unknown,
not available, not provided, tbd, test, TEST, xxx, -, --, —, ?, ..., {{value}}, %%value%%, k.A., keine Angabe, unbekannt,
inconnu, Non renseigné, néant, desconocido, ninguno, Sin datos, sconosciuto, nessuno, não informado, onbekend, n.v.t.,
brak danych, nie dotyczy, bilinmiyor, okänd, tuntematon, neuvedeno, ismeretlen, нет, Неизвестно, немає, άγνωστο, 不明, なし,
无, 未知, 없음, אין, لا يوجد, ไม่ทราบ`
  .trim()
  .split(/,\s/)

interface RealValue {
  readonly field: Field
  readonly value: string
  readonly country?: string
  readonly is?: string
}

/** Names, places and codes of the same letters: they win. */
const REAL: readonly RealValue[] = [
  { field: 'ln', value: 'Null' },
  { field: 'fn', value: 'Nan' },
  { field: 'fn', value: 'Nil' },
  { field: 'ln', value: 'Na' },
  { field: 'fn', value: 'K.A.' },
  { field: 'ct', value: 'Nan', country: 'th' },
  { field: 'ct', value: 'None', country: 'it' },
  { field: 'ct', value: 'Brak', country: 'ly' },
  { field: 'st', value: 'NA', country: 'it' },
  { field: 'st', value: 'NA', country: 'es' },
  { field: 'st', value: 'ND', country: 'us', is: 'nd' },
  { field: 'country', value: 'NA', is: 'na' },
  { field: 'country', value: 'no', is: 'no' },
]

/** Whether nothing is right for this text: a word for nothing that is no real value of the field. */
export function isWordForNothing(field: Field, text: string, country: string | undefined): boolean {
  const isReal = REAL.some(
    (real) => real.field === field && real.value === text && real.country === country,
  )
  return !isReal && WORDS.includes(text)
}

/** Each word in each field, and each real value that looks like one. */
export function wordsForNothing(): Person[] {
  const words = PERSONAL.flatMap((field) => WORDS.map((value) => ({ [field]: { value } })))
  const real = REAL.map(({ field, value, country, is }) => ({
    [field]: { value, ...(is !== undefined && { is }) },
    ...(country !== undefined && { country: { value: country, is: country } }),
  }))
  return [...words, ...real]
}
