import { lazyPattern } from '../runtime/lazy.ts'

/** What every name of personal data holds. Asked first: most keys hold none of it. */
const HINT =
  /name|mail|whatsapp|phone|mobile|tel|birth|dob|ssn|pass|card|iban|street|address|zip|post|city/i

/** The names, in lower case and letters alone. Source: Meta, diagnostics on personal data, read 2026-09. */
const WHOLE = 'e?mail|phone|mobile|tel|ssn|dob|iban|passport|cardnumber|username|fname|lname'
/** Personal data wherever they end a name: `billing_first_name`, `customerLastName`. */
const ENDING =
  '(?:first|last|full|given|family|middle|maiden|sur|vor|nach)name|emailaddress|(?:phone|mobile|whatsapp)(?:number|no)|telephone|streetaddress|addressline|birth(?:day|date)|dateofbirth|creditcard|password'
/** Personal data only behind a word for a person, `OWNER`: `item_name`, `company_name` and a bare `city` stay. */
const OWNER =
  'bill(?:ing|to)|ship(?:ping|to)|delivery|customer|cust|client|buyer|payer|recipient|receiver|sender|guest|user|member|contact|person|passenger|attendee|applicant|patient|student|parent|owner|your'
const OWNED = 'name|street|address|zip|zipcode|postcode|postalcode|city'

const PERSONAL_NAME = new RegExp(
  `^(?:${WHOLE})$|(?:${ENDING})$|(?:^(?:order|checkout|account|invoice)*(?:address)+|(?:${OWNER})(?:${OWNER}|address)*)(?:${WHOLE}|${OWNED})$`,
)
/** Parts of a longer name (`customer_phone`, `user[email]`) that make it one of these. */
const PERSONAL_WORD = /(?:^|[^a-z])(?:email|phone|telephone|ssn)(?:[^a-z]|$)/
/** Longer than the names of any form. */
export const MAX_KEY = 80

/** Whether a field of this name holds personal data: with any prefix, in snake_case, camelCase or brackets. */
export function isPersonalKey(key: string): boolean {
  if (key.length > MAX_KEY || !HINT.test(key)) return false
  const word = key.replace(/%[0-9A-Fa-f]{2}|(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase()
  return PERSONAL_NAME.test(word.replace(/[^a-z]/g, '')) || PERSONAL_WORD.test(word)
}

/** Also in an address inside an address, where it is encoded twice. */
export const ENCODED_AT: RegExp = /%(?:25)*40/

/** Whether a text holds an e-mail address, written plainly or percent-encoded. Linear in its length. */
export function holdsEmail(text: string): boolean {
  if (text.includes('%')) return hasEmail(text.replace(/%(?:25)*40/g, '@'))
  return text.includes('@') && hasEmail(text)
}

/** A domain longer than that is none; without this bound a text of @ signs would take quadratic time. */
const AFTER_AT = /(?<=[\w\u0080-\uffff])@([\w\u0080-\uffff.-]{1,64})/g
/** `logo@2x.png` is a picture. */
const FILE_ENDINGS: ReadonlySet<string> = new Set(
  'png jpg jpeg gif webp avif svg css js json html pdf'.split(' '),
)

const letters = lazyPattern('^\\p{L}{2,}$')

function hasEmail(text: string): boolean {
  for (const [, domain = ''] of text.matchAll(AFTER_AT)) {
    if (!domain.includes('.')) continue
    const labels = domain.split('.').filter(Boolean)
    const last = labels.at(-1)?.toLowerCase() ?? ''
    if (labels.length > 1 && letters().test(last) && !FILE_ENDINGS.has(last)) return true
  }
  return false
}
