import { createMemo, type Memo } from '../hash/memo.ts'
import type { IssueCode } from '../issue-catalog.ts'
import { birthDate, birthDay, birthMonth, birthYear } from '../normalize/birth-date.ts'
import { city } from '../normalize/city.ts'
import { country } from '../normalize/country.ts'
import { email } from '../normalize/email.ts'
import { externalId } from '../normalize/external-id.ts'
import { gender } from '../normalize/gender.ts'
import { initial, nameStart, personName } from '../normalize/name.ts'
import { doubtAboutPhone, phone } from '../normalize/phone.ts'
import type { Rule, RuleContext } from '../normalize/rule-context.ts'
import { state } from '../normalize/state.ts'
import { zip } from '../normalize/zip.ts'
import type { HashedField } from './user-data.ts'

export interface HashedFieldRule {
  readonly normalize: Rule
  /** Single fields take no list. */
  readonly isSingle?: true
  /** Few people differ in it: hashes of its values are remembered. Never e-mail, phone or ids. */
  readonly memo?: (context: RuleContext) => Memo
  /** What is doubtful about a value whose hash is sent all the same. */
  readonly doubt?: (text: string, context: RuleContext) => IssueCode | undefined
  /** 32 hex digits are taken for an MD5 hash, as all of Meta's SDKs do. Not in ids, where a UUID looks like one. */
  readonly takesMd5?: false
}

const MEMO_SIZE = 1_024

function memo(): (context: RuleContext) => Memo {
  const only = createMemo(MEMO_SIZE)
  return () => only
}

/** The state rule reads the country, in three ways and for a fourth where it is unknown. */
function stateMemo(): (context: RuleContext) => Memo {
  const [us, ca, unknown, other] = [
    createMemo(MEMO_SIZE),
    createMemo(MEMO_SIZE),
    createMemo(MEMO_SIZE),
    createMemo(MEMO_SIZE),
  ]
  return ({ country }) =>
    country === 'us' ? us : country === 'ca' ? ca : country === undefined ? unknown : other
}

/** Fields that leave as SHA-256, and the rule of each. */
export const HASHED_FIELDS: { readonly [K in HashedField]-?: HashedFieldRule } = {
  em: { normalize: email },
  ph: { normalize: phone, doubt: doubtAboutPhone },
  fn: { normalize: personName, memo: memo() },
  ln: { normalize: personName, memo: memo() },
  db: { normalize: birthDate },
  ge: { normalize: gender, memo: memo() },
  ct: { normalize: city, memo: memo() },
  st: { normalize: state, memo: stateMemo() },
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
