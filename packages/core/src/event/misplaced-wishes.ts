import { asFields, type Fields } from '../fields.ts'

const NAMES = [
  'opt_out',
  'data_processing_options',
  'data_processing_options_country',
  'data_processing_options_state',
] as const

/** `optOut`, `OptOut`, `opt-out`, `optout`. */
function plain(key: string): string {
  return key.replace(/[^A-Za-z]/g, '').toLowerCase()
}

/**
 * The wishes to limit the use of data, also those that stand in `user_data` or `custom_data`, or are written in
 * another case: a wish that is dropped would be taken for its opposite. The event's own win.
 */
export function wishesOf(input: Fields): Fields {
  const wishes: Record<string, unknown> = {}
  for (const part of [input['custom_data'], input['user_data'], input]) {
    for (const [key, value] of Object.entries(asFields(part) ?? {})) {
      const name = NAMES.find((one) => plain(one) === plain(key))
      if (name !== undefined) wishes[name] = value ?? wishes[name]
    }
  }
  return wishes
}
