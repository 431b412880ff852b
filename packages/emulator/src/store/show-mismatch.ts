import { createHash } from 'node:crypto'
import { isMatcher, type Mismatch } from './compare.ts'
import { nameOf } from './show-filter.ts'

const MAX_VALUE = 80
const HASH = /^[0-9a-f]{64}$/i

/** Where an event is not as wanted, in one line. The developer's own data, but a log may outlive the test: no person's values. */
export function showMismatch({ path, wanted, actual }: Mismatch): string {
  const found = path.startsWith('user_data')
    ? personal(single(wanted), single(actual))
    : `wanted ${shown(wanted)}, got ${shown(actual)}`
  return `    ${path}: ${found}`
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = isMatcher(value) ? nameOf(value) : (JSON.stringify(value) ?? typeof value)
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text
}

/** A list of one is compared as its entry. */
function single(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value
}

/** What can be said of two values of a person without showing either. */
function personal(wanted: unknown, actual: unknown): string {
  if (actual === undefined) return 'wanted a value, got nothing'
  if (typeof wanted !== 'string' || typeof actual !== 'string') {
    return 'got another value than wanted (not shown: it is a person’s)'
  }
  if (HASH.test(wanted) && HASH.test(actual)) return 'wanted one SHA-256 hash, got another'
  if (HASH.test(wanted)) return 'wanted a SHA-256 hash, got plain text: it was sent unhashed'
  if (!HASH.test(actual)) return 'wanted one text, got another (not shown: it is a person’s)'
  return hashesOf(wanted).includes(actual.toLowerCase())
    ? 'wanted plain text, got its SHA-256 hash: the value is right, so ask for its hash'
    : 'wanted plain text, got a SHA-256 hash, which is not that of this text in lower case: ask for the hash that you expect'
}

/** As most keys are hashed, and as a phone number is. */
function hashesOf(text: string): readonly string[] {
  const plain = text.trim().toLowerCase()
  return [plain, plain.replaceAll(/\D/g, '')].map((one) =>
    createHash('sha256').update(one).digest('hex'),
  )
}
