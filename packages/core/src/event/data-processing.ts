import { toText } from '../field/clean.ts'
import type { Fields } from '../field/fields.ts'
import { type Issue, issue } from '../issue/issue.ts'
import type { Consent } from './consent.ts'

export const OPTIONS = 'data_processing_options'
export const COUNTRY = `${OPTIONS}_country` as const
export const STATE = `${OPTIONS}_state` as const

/** The three fields as they are sent. */
interface DataProcessing {
  readonly [OPTIONS]: readonly string[]
  readonly [COUNTRY]?: number
  readonly [STATE]?: number
}

const ldu = (country: number, state: number): DataProcessing => ({
  [OPTIONS]: ['LDU'],
  [COUNTRY]: country,
  [STATE]: state,
})

/** Limited Data Use; Meta finds out where the person is. */
const LOCATED: DataProcessing = ldu(0, 0)

/**
 * Limited Data Use: `['LDU']` with country 0 or 1 and a state, or `[]` for none; also as text, as forms and tag
 * managers hand it on. A wish that is incomplete or unreadable becomes LDU, in the state if that is known, else
 * located by Meta: never its opposite.
 */
export function dataProcessing(input: Fields, issues: Issue[]): DataProcessing | undefined {
  const options = optionsOf(input[OPTIONS])
  const country = numberOf(input[COUNTRY])
  const state = numberOf(input[STATE])
  const isUsa = country === 1 || isState(state)
  if (options === undefined && !isUsa) return undefined
  if (options === '[]') return { [OPTIONS]: [] }
  const isWhole = (country === 0 || country === 1) && (state === 0 || isState(state))
  const isNamed = /^\W*LDU\W*$/i.test(options ?? '')
  if (!isNamed || !(isWhole || (country ?? state) === undefined))
    issues.push(issue('data_processing_invalid', OPTIONS))
  return isWhole || isState(state) ? ldu(country === 0 ? 0 : 1, Number(state)) : LOCATED
}

/** The fields of an event, limited if the consent demands it: an event's own `[]` does not undo the person's wish. */
export function withLimitedDataUse(fields: Fields, consent: Consent | undefined): Fields {
  if (consent !== 'ldu') return fields
  const own = dataProcessing(fields, [])
  return own === undefined || own[OPTIONS].length === 0 ? { ...fields, ...LOCATED } : fields
}

/** `[]` where there are expressly none; undefined where nothing is said. */
function optionsOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value)) return toText(value) ?? ''
  return value.length === 0 ? '[]' : value.map(toText).join()
}

/** NaN where it is no number, undefined where it is absent. */
function numberOf(value: unknown): number | undefined {
  return value === undefined || value === null || value === '' ? undefined : Number(toText(value))
}

/** California to Rhode Island. Source: Meta, Data Processing Options, read 2026-11. */
function isState(state: number | undefined): boolean {
  return Number.isInteger(state) && Number(state) >= 1000 && Number(state) <= 1013
}
