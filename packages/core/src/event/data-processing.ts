import { type Issue, issue } from '../issue.ts'

/** 0 lets Meta find the state; the others are California to Rhode Island. Source: Meta, Data Processing Options, read 2026-09. */
const isState = (state: unknown): boolean =>
  state === 0 || (Number.isInteger(state) && Number(state) >= 1000 && Number(state) <= 1013)

interface DataProcessing {
  data_processing_options?: unknown
  data_processing_options_country?: unknown
  data_processing_options_state?: unknown
}

/**
 * Limited Data Use: `['LDU']` with country 0 or 1 and a state, or `[]` for none. Half of it would
 * be taken for something else, so a malformed wish becomes LDU located by Meta: the cautious reading.
 */
export function dataProcessing(
  input: DataProcessing,
  issues: Issue[],
): Record<string, unknown> | undefined {
  const { data_processing_options: options } = input
  if (options === undefined || options === null) return undefined
  if (Array.isArray(options) && options.length === 0) return { data_processing_options: [] }
  const country = input.data_processing_options_country
  const state = input.data_processing_options_state
  const isLdu = Array.isArray(options) && options.length === 1 && options[0] === 'LDU'
  if (isLdu && (country === 0 || country === 1) && isState(state)) {
    return {
      data_processing_options: ['LDU'],
      data_processing_options_country: country,
      data_processing_options_state: state,
    }
  }
  const isLocated = isLdu && country === undefined && state === undefined
  if (!isLocated) issues.push(issue('data_processing_invalid', 'data_processing_options'))
  return {
    data_processing_options: ['LDU'],
    data_processing_options_country: 0,
    data_processing_options_state: 0,
  }
}
