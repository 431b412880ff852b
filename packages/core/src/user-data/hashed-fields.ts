import { withoutFloat } from '../field/clean.ts'
import { createMemo, type Memo } from '../hash/memo.ts'
import { birthDate, birthDay, birthMonth, birthYear } from '../normalize/birth-date.ts'
import { city } from '../normalize/city.ts'
import { country, isCode } from '../normalize/country.ts'
import { email } from '../normalize/email.ts'
import { externalId } from '../normalize/external-id.ts'
import { gender } from '../normalize/gender.ts'
import { initial, nameStart, personName } from '../normalize/name.ts'
import { phone, warningForPhone } from '../normalize/phone.ts'
import { isRealCity, isRealName, isRealState, REAL_PLACES } from '../normalize/real-values.ts'
import type { Rule, RuleContext } from '../normalize/rule-context.ts'
import { state } from '../normalize/state.ts'
import { zip } from '../normalize/zip.ts'
import { type FieldRule, hashed } from './field-rule.ts'
import type { HashedField } from './user-data.ts'

/** Entries of a generation, of which there are two: under half a megabyte for a field. */
const MEMO_SIZE = 2_048

/* @__NO_SIDE_EFFECTS__ */
function memo(): (context: RuleContext) => Memo {
  const only = createMemo(MEMO_SIZE)
  return () => only
}

/** A memo for each of these countries, one where the country is unknown, and one for all others. */
/* @__NO_SIDE_EFFECTS__ */
function memoOf(countries: readonly string[]): (context: RuleContext) => Memo {
  const memos = new Map([undefined, ...countries].map((code) => [code, createMemo(MEMO_SIZE)]))
  const other = createMemo(MEMO_SIZE)
  return ({ country }) => memos.get(country) ?? other
}

/** The `.0` that a float leaves goes. */
/* @__NO_SIDE_EFFECTS__ */
function digits(rule: Rule): Rule {
  return (text, context) => rule(withoutFloat(text), context)
}

/**
 * Fields that leave as SHA-256, and the rule of each. The memos are the one thing here that lives
 * longer than a call: bounded, and without effect on any result.
 */
export const HASHED_FIELDS: { readonly [K in HashedField]-?: FieldRule } = {
  em: hashed(email, { refusesNothing: true }),
  ph: hashed(digits(phone), { warning: warningForPhone, refusesNothing: true }),
  fn: hashed(personName, { memo: memo(), isReal: isRealName }),
  ln: hashed(personName, { memo: memo(), isReal: isRealName }),
  db: hashed(digits(birthDate), { refusesNothing: true }),
  ge: hashed(gender, { memo: memo() }),
  ct: hashed(city, { memo: memoOf(REAL_PLACES), isReal: isRealCity }),
  st: hashed(state, { memo: memoOf(['us', 'ca', ...REAL_PLACES]), isReal: isRealState }),
  zp: hashed(digits(zip)),
  country: hashed(country, { memo: memo(), isReal: isCode }),
  external_id: hashed(externalId, { takesMd5: false }),
  f5first: hashed(nameStart, { isSingle: true, isReal: isRealName }),
  f5last: hashed(nameStart, { isSingle: true, isReal: isRealName }),
  fi: hashed(initial, { isSingle: true, isReal: isRealName }),
  dobd: hashed(digits(birthDay), { isSingle: true }),
  dobm: hashed(digits(birthMonth), { isSingle: true }),
  doby: hashed(digits(birthYear), { isSingle: true }),
}
