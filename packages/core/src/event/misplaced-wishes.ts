import { asFields, type Fields } from '../fields.ts'

/**
 * The wishes to limit the use of data, also those that stand in `user_data` or `custom_data`, or are written in
 * camelCase: a wish that is dropped would be taken for its opposite. The event's own win.
 */
export function wishesOf(input: Fields): Fields {
  const wishes: Record<string, unknown> = {}
  for (const part of [input['custom_data'], input['user_data'], input]) {
    for (const [key, value] of Object.entries(asFields(part) ?? {})) {
      const name = key.replace(/[A-Z]/g, '_$&').toLowerCase()
      if (/^(?:opt_out$|data_processing_)/.test(name)) wishes[name] = value ?? wishes[name]
    }
  }
  return wishes
}
