import { createRequire } from 'node:module'

// Neither library has types that say what they really take and give.
const require = createRequire(import.meta.url)

interface BusinessUserData {
  normalize(): Record<string, readonly (string | null)[] | string | undefined>
}
type BusinessSetter = (this: BusinessUserData, value: unknown) => BusinessUserData
interface BusinessSdk {
  readonly UserData: new () => BusinessUserData & Record<string, BusinessSetter>
}
interface ParamBuilder {
  getNormalizedAndHashedPII(value: unknown, type: string): string | null
}

const { UserData } = require('facebook-nodejs-business-sdk') as BusinessSdk
const { ParamBuilder } = require('capi-param-builder-nodejs') as {
  ParamBuilder: new () => ParamBuilder
}
const builder = new ParamBuilder()

/** The names of one field in the three libraries. */
export const FIELDS = {
  em: ['setEmail', 'email'],
  ph: ['setPhone', 'phone'],
  fn: ['setFirstName', 'first_name'],
  ln: ['setLastName', 'last_name'],
  ct: ['setCity', 'city'],
  st: ['setState', 'state'],
  zp: ['setZip', 'zip_code'],
  country: ['setCountry', 'country'],
  ge: ['setGender', 'gender'],
  db: ['setDateOfBirth', 'date_of_birth'],
  external_id: ['setExternalId', 'external_id'],
} as const

export type Field = keyof typeof FIELDS

/** Hash that Meta's business SDK (24, the newest on npm) sends; null when it drops; 'throws' when it throws. */
export function businessSdk(field: Field, value: unknown): string | null {
  try {
    const userData = new UserData()
    userData[FIELDS[field][0]]?.call(userData, value)
    const sent = userData.normalize()[field]
    return (typeof sent === 'string' ? sent : sent?.[0]) ?? null
  } catch {
    return 'throws'
  }
}

/** Hash that Meta's Parameter Builder (and so its SDK 26) sends, without the appendix; null when it drops. */
export function parameterBuilder(field: Field, value: unknown): string | null {
  return builder.getNormalizedAndHashedPII(value, FIELDS[field][1])?.split('.')[0] ?? null
}
