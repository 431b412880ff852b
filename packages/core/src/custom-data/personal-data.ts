/** Names of fields that hold personal data, without case, `_` and `-`. Source: Meta, diagnostics on personal data, read 2026-09. */
const PERSONAL_KEYS: ReadonlySet<string> = new Set([
  'email',
  'mail',
  'emailaddress',
  'useremail',
  'customeremail',
  'phone',
  'phonenumber',
  'telephone',
  'tel',
  'mobile',
  'firstname',
  'lastname',
  'surname',
  'fullname',
  'username',
  'password',
  'ssn',
  'birthday',
  'dateofbirth',
  'dob',
  'creditcard',
  'cardnumber',
  'iban',
  'passport',
])

const MAX_DEPTH = 4

export function isPersonalKey(key: string): boolean {
  if (key.length > 32) return false
  const word = key.toLowerCase()
  return PERSONAL_KEYS.has(
    word.includes('_') || word.includes('-') ? word.replace(/[_-]/g, '') : word,
  )
}

/** Whether a text, or any text inside a value, looks like an e-mail address. Linear in its length. */
export function holdsEmail(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.includes('@') && hasEmail(value)
  if (typeof value !== 'object' || value === null || depth >= MAX_DEPTH) return false
  return Object.values(value).some((inner) => holdsEmail(inner, depth + 1))
}

function hasEmail(text: string): boolean {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (isWordAt(text, at - 1) && isWordAt(text, at + 1) && hasDotAfter(text, at + 1)) return true
  }
  return false
}

/** The rest of a domain is short; without this bound a text of @ signs would take quadratic time. */
const MAX_DOMAIN = 64

function hasDotAfter(text: string, from: number): boolean {
  const end = Math.min(text.length, from + MAX_DOMAIN)
  for (let i = from; i < end; i++) {
    if (text[i] === '.') return isWordAt(text, i + 1)
    if (!isWordAt(text, i) && text[i] !== '-') return false
  }
  return false
}

function isWordAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a) ||
    code === 0x5f ||
    code > 0x7f
  )
}
