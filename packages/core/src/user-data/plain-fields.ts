import { isFbc } from '../click-id/fbc.ts'
import { isFbp } from '../click-id/fbp.ts'
import { withoutFloat } from '../field/clean.ts'
import { firstPublicIp } from '../field/client-ip.ts'
import { warningForFbc } from './fbc-warnings.ts'
import { type FieldRule, plain } from './field-rule.ts'
import type { HashedField, UserDataInput } from './user-data.ts'

/* @__NO_SIDE_EFFECTS__ */
function ofDigits(form: RegExp): FieldRule {
  const rule = (text: string) => {
    const digits = withoutFloat(text)
    return form.test(digits) ? digits : undefined
  }
  return plain(rule, { refusesNothing: true })
}

const opaqueId = plain((text) => (text.length <= 512 ? text.toWellFormed() : undefined))
const digits = ofDigits(/^[1-9]\d{0,31}$/)

/** Fields that leave as they are, and what each must look like. Click ids, which are ASCII, are normalised for speed: see `inOnePiece`. */
export const PLAIN_FIELDS: {
  readonly [K in Exclude<keyof UserDataInput, HashedField>]-?: FieldRule
} = {
  client_ip_address: plain(firstPublicIp, {
    isSingle: false,
    refusesNothing: true,
    dropCode: 'ip_not_public',
    warning: (_ip, _context, given) => (given?.includes(',') ? 'ip_list' : undefined),
  }),
  client_user_agent: plain((text) => (text.length <= 1_024 ? text.toWellFormed() : undefined)),
  fbc: plain((text) => (isFbc(text) ? text.normalize() : undefined), {
    warning: warningForFbc,
    refusesNothing: true,
    dropFix: 'Pass the _fbc cookie, or createFbc(fbclid, clickTimeMs).',
  }),
  fbp: plain((text) => (isFbp(text) ? text.normalize() : undefined), { refusesNothing: true }),
  subscription_id: opaqueId,
  fb_login_id: digits,
  /** A bad lead id can fail the batch (100/2804036). Source: Meta, Conversion Leads Integration, read 2026-09. */
  lead_id: ofDigits(/^\d{15,17}$/),
  anon_id: opaqueId,
  madid: opaqueId,
  partner_id: opaqueId,
  partner_name: opaqueId,
  page_id: digits,
  page_scoped_user_id: digits,
  ctwa_clid: opaqueId,
  whatsapp_business_account_id: digits,
  ig_account_id: digits,
  ig_sid: digits,
}
