import { parseFbc } from '../click-id/fbc.ts'
import { parseFbp } from '../click-id/fbp.ts'
import { clientIp } from '../http/client-ip.ts'
import { email } from '../normalize/email.ts'
import { externalId } from '../normalize/external-id.ts'
import { phone } from '../normalize/phone.ts'
import type { UserDataInput } from './user-data.ts'

export interface FieldRule {
  /** Gets trimmed, NFC text; undefined means the value cannot be this field. */
  readonly normalize: (text: string) => string | undefined
  readonly hashed: boolean
}

/** A field's rule and whether its value leaves as a hash. Hashed fields take lists. */
export const USER_DATA_FIELDS: { readonly [K in keyof Required<UserDataInput>]: FieldRule } = {
  em: { normalize: email, hashed: true },
  ph: { normalize: phone, hashed: true },
  external_id: { normalize: externalId, hashed: true },
  client_ip_address: { normalize: clientIp, hashed: false },
  client_user_agent: { normalize: (text) => text, hashed: false },
  fbc: { normalize: (text) => parseFbc(text) && text, hashed: false },
  fbp: { normalize: (text) => parseFbp(text) && text, hashed: false },
}
