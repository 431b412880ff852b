import { createMemo, type Memo } from '../hash/memo.ts'
import { birthDate, birthDay, birthMonth, birthYear } from '../normalize/birth-date.ts'
import { city } from '../normalize/city.ts'
import { country } from '../normalize/country.ts'
import { email } from '../normalize/email.ts'
import { externalId } from '../normalize/external-id.ts'
import { gender } from '../normalize/gender.ts'
import { initial, nameStart, personName } from '../normalize/name.ts'
import { phone } from '../normalize/phone.ts'
import type { Rule } from '../normalize/rule-context.ts'
import { state } from '../normalize/state.ts'
import { zip } from '../normalize/zip.ts'
import {
  checkAddress,
  checkFbc,
  checkFbp,
  digits,
  leadId,
  opaqueId,
  type PlainCheck,
  userAgent,
} from './plain-checks.ts'
import type { HashedField, UserDataInput } from './user-data.ts'

export interface HashedFieldRule {
  readonly normalize: Rule
  /** Single fields take no list. */
  readonly isSingle?: true
  /** Few people differ in it: hashes of its values are remembered. Never e-mail, phone or ids. */
  readonly memo?: Memo
  /** The rule depends on the person's country, so what is remembered does too. */
  readonly readsCountry?: true
  /** 32 hex digits are taken for an MD5 hash, as all of Meta's SDKs do. Not in ids, where a UUID looks like one. */
  readonly takesMd5?: false
}

const MEMO_SIZE = 1_024
const memo = () => createMemo(MEMO_SIZE)

/** Fields that leave as SHA-256, and the rule of each. */
export const HASHED_FIELDS: { readonly [K in HashedField]-?: HashedFieldRule } = {
  em: { normalize: email },
  ph: { normalize: phone },
  fn: { normalize: personName, memo: memo() },
  ln: { normalize: personName, memo: memo() },
  db: { normalize: birthDate },
  ge: { normalize: gender, memo: memo() },
  ct: { normalize: city, memo: memo() },
  st: { normalize: state, memo: memo(), readsCountry: true },
  zp: { normalize: zip },
  country: { normalize: country, memo: memo() },
  external_id: { normalize: externalId, takesMd5: false },
  f5first: { normalize: nameStart, isSingle: true },
  f5last: { normalize: nameStart, isSingle: true },
  fi: { normalize: initial, isSingle: true },
  dobd: { normalize: birthDay, isSingle: true },
  dobm: { normalize: birthMonth, isSingle: true },
  doby: { normalize: birthYear, isSingle: true },
}

/** Fields that leave as they are, and what each must look like. */
export const PLAIN_FIELDS: {
  readonly [K in Exclude<keyof UserDataInput, HashedField>]-?: PlainCheck
} = {
  client_ip_address: checkAddress,
  client_user_agent: userAgent,
  fbc: checkFbc,
  fbp: checkFbp,
  subscription_id: opaqueId,
  fb_login_id: digits,
  lead_id: leadId,
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
