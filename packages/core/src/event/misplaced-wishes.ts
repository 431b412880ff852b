import { asFields, type Fields } from '../field/fields.ts'
import { plainName } from '../field/slips.ts'
import { COUNTRY, OPTIONS, STATE } from './data-processing.ts'

const NAMES = ['opt_out', OPTIONS, COUNTRY, STATE] as const

/**
 * The wishes to limit the use of data, also those that stand in `user_data` or `custom_data`, or are written in
 * another case: a wish that is dropped would be taken for its opposite. The event's own win.
 */
export function wishesOf(input: Fields): Fields {
  const wishes: Record<string, unknown> = {}
  for (const part of [input['custom_data'], input['user_data'], input]) {
    for (const [key, value] of Object.entries(asFields(part) ?? {})) {
      const name = NAMES.find((one) => plainName(one) === plainName(key))
      if (name !== undefined) wishes[name] = value ?? wishes[name]
    }
  }
  return wishes
}
