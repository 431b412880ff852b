import { createMemo, type Memo } from '../hash/memo.ts'
import { birthDate, birthDay, birthMonth, birthYear } from '../normalize/birth-date.ts'
import { city } from '../normalize/city.ts'
import { country } from '../normalize/country.ts'
import { email } from '../normalize/email.ts'
import { externalId } from '../normalize/external-id.ts'
import { gender } from '../normalize/gender.ts'
import { initial, nameStart, personName } from '../normalize/name.ts'
import { doubtAboutPhone, phone } from '../normalize/phone.ts'
import type { RuleContext } from '../normalize/rule-context.ts'
import { state } from '../normalize/state.ts'
import { zip } from '../normalize/zip.ts'
import { type FieldRule, hashed } from './field-rule.ts'
import type { HashedField } from './user-data.ts'

/** Entries of a generation, of which there are two: under half a megabyte for a field. */
const MEMO_SIZE = 2_048

function memo(): (context: RuleContext) => Memo {
  const only = createMemo(MEMO_SIZE)
  return () => only
}

/** The state rule reads the country, in three ways and in a fourth where it is unknown. */
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

/**
 * Fields that leave as SHA-256, and the rule of each. The memos are the one thing here that lives
 * longer than a call: bounded, and without effect on any result.
 */
export const HASHED_FIELDS: { readonly [K in HashedField]-?: FieldRule } = {
  em: hashed(email),
  ph: hashed(phone, { doubt: doubtAboutPhone }),
  fn: hashed(personName, { memo: memo() }),
  ln: hashed(personName, { memo: memo() }),
  db: hashed(birthDate),
  ge: hashed(gender, { memo: memo() }),
  ct: hashed(city, { memo: memo() }),
  st: hashed(state, { memo: stateMemo() }),
  zp: hashed(zip),
  country: hashed(country, { memo: memo() }),
  external_id: hashed(externalId, { takesMd5: false }),
  f5first: hashed(nameStart, { isSingle: true }),
  f5last: hashed(nameStart, { isSingle: true }),
  fi: hashed(initial, { isSingle: true }),
  dobd: hashed(birthDay, { isSingle: true }),
  dobm: hashed(birthMonth, { isSingle: true }),
  doby: hashed(birthYear, { isSingle: true }),
}
