import { isFields } from '../../rules/rule.ts'
import { type EventRule, safeKey, textOf } from '../event-rule.ts'

const EMAIL = /[^\s@=&?/]+(?:@|%40)[^\s@=&?/]+\.[a-z]{2,}/i

/** With a plus or with separators: bare digits are ids and prices far more often. */
const PHONE = /^\s*(?:\+\d[\d\s().-]{7,}\d|\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4})\s*$/

const PERSONAL_KEYS: ReadonlySet<string> = new Set(
  (
    'email e_mail mail email_address phone phone_number mobile telephone tel username user_name ssn ' +
    'social_security_number first_name firstname last_name lastname full_name surname date_of_birth ' +
    'dateofbirth birthday dob address street street_address password passport credit_card card_number'
  ).split(' '),
)

const URL_KEYS = ['event_source_url', 'referrer_url'] as const

/** Contents are a shop's own lines; no shop nests them deeper than this. */
const MAX_DEPTH = 6

const MAX_TEXT = 500
const MAX_PHONE = 30

/** Source: Meta, Business Tools Terms, and public reports of the warning, read 2026-09. */
export const PERSONAL_DATA_RULES: readonly EventRule[] = [
  {
    rule: 'personal_data',
    title: 'Personal data in custom_data',
    fix: 'Remove it; what names a person belongs in user_data, hashed.',
    check: ({ customData }) => [...new Set(placesIn(customData, 'custom_data', 0))],
  },
  {
    rule: 'personal_data',
    title: 'Personal data in a URL',
    fix: 'Keep people out of query strings, or cut the query off before sending.',
    check: ({ payload }) => URL_KEYS.filter((key) => isPersonalUrl(textOf(payload[key]) ?? '')),
  },
]

function placesIn(value: unknown, path: string, depth: number): readonly string[] {
  if (depth > MAX_DEPTH) return []
  if (typeof value === 'string') return isPersonalText(value) ? [path] : []
  if (Array.isArray(value)) return value.flatMap((one) => placesIn(one, `${path}[]`, depth + 1))
  if (!isFields(value)) return []
  return Object.entries(value).flatMap(([key, one]) => {
    const place = `${path}.${safeKey(key)}`
    return isPersonalKey(key) && one !== null && one !== ''
      ? [place]
      : placesIn(one, place, depth + 1)
  })
}

function isPersonalUrl(url: string): boolean {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? ''
  return [...new URLSearchParams(query)].some(
    ([key, value]) => value !== '' && (isPersonalKey(key) || isPersonalText(value)),
  )
}

function isPersonalText(text: string): boolean {
  // Bounded: a hostile text must not keep the patterns busy.
  return EMAIL.test(text.slice(0, MAX_TEXT)) || (text.length <= MAX_PHONE && PHONE.test(text))
}

function isPersonalKey(key: string): boolean {
  return PERSONAL_KEYS.has(
    key
      .replace(/([a-z])([A-Z])/g, '$1_$2')
      .replace(/[\s-]/g, '_')
      .toLowerCase(),
  )
}
