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

/** Parts of a longer name (`customer_phone`, `user[email]`) that make it one of these. */
const PERSONAL_WORD = /(?:^|[^a-z])(?:email|phone|telephone|ssn)(?:[^a-z]|$)/
const NOT_A_LETTER = /[^a-z]/

export function isPersonalKey(key: string): boolean {
  if (key.length > 48) return false
  const word = key.toLowerCase()
  if (PERSONAL_KEYS.has(word)) return true
  if (!NOT_A_LETTER.test(word)) return false
  return PERSONAL_KEYS.has(word.replace(/[^a-z]/g, '')) || PERSONAL_WORD.test(word)
}

/** Whether a text holds an e-mail address, written plainly or percent-encoded. Linear in its length. */
export function holdsEmail(text: string): boolean {
  if (text.includes('%40')) return hasEmail(text.replaceAll('%40', '@'))
  return text.includes('@') && hasEmail(text)
}

function hasEmail(text: string): boolean {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (isWordAt(text, at - 1) && isDomainAt(text, at + 1)) return true
  }
  return false
}

/** The rest of a domain is short; without this bound a text of @ signs would take quadratic time. */
const MAX_DOMAIN = 64
/** `logo@2x.png` is a picture. */
const FILE_ENDINGS: ReadonlySet<string> = new Set([
  'png',
  'jpg',
  'jpeg',
  'gif',
  'webp',
  'avif',
  'svg',
  'css',
  'js',
  'json',
  'html',
  'pdf',
])

function isDomainAt(text: string, start: number): boolean {
  let end = start
  while (
    end < start + MAX_DOMAIN &&
    (isWordAt(text, end) || text[end] === '-' || text[end] === '.')
  )
    end++
  const labels = text
    .slice(start, end)
    .split('.')
    .filter((label) => label !== '')
  const last = labels.at(-1)?.toLowerCase() ?? ''
  return labels.length > 1 && /^\p{L}{2,}$/u.test(last) && !FILE_ENDINGS.has(last)
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
