import type { HashedField } from '@capi/core'

/** Every hashed field of `user_data`, and what people call it. */
export const FIELD_NAMES: Readonly<Record<HashedField, readonly string[]>> = {
  em: ['email', 'email_address'],
  ph: ['phone', 'phone_number'],
  fn: ['first_name'],
  ln: ['last_name'],
  db: ['date_of_birth', 'birthday'],
  ge: ['gender'],
  ct: ['city'],
  st: ['state'],
  zp: ['zip', 'postal_code'],
  country: [],
  external_id: ['user_id', 'customer_id'],
  f5first: [],
  f5last: [],
  fi: [],
  dobd: [],
  dobm: [],
  doby: [],
}

/** The field of this name, in any case. */
export function fieldNamed(name: string): HashedField | undefined {
  const wanted = name.replace(/^user_data\./, '').toLowerCase()
  const fields = Object.keys(FIELD_NAMES) as HashedField[]
  return fields.find((field) => field === wanted || FIELD_NAMES[field].includes(wanted))
}
