import { hash } from 'node:crypto'
import { type Field, parameterBuilder } from './meta-libraries.ts'
import { PERSONAL } from './orders.ts'
import type { Given } from './people.ts'
import { isWordForNothing } from './words-for-nothing.ts'

export type Library = 'business SDK' | 'Parameter Builder'

/** One value of one person. */
export interface Subject extends Given {
  readonly field: Field
  /** Country of the person, alpha-2, lower-case, where the event says it. */
  readonly country: string | undefined
}

/** SHA-256 of what should be compared, null where nothing should be sent. */
export type Right = string | null

export interface IntendedDifference {
  readonly fields: readonly Field[]
  /** Whose result differs from the right one. */
  readonly libraries: readonly Library[]
  readonly when: (subject: Subject, text: string) => boolean
  /** The value that is right, computed without core; `other` asks for that of a like subject. */
  readonly right: (
    subject: Subject,
    other: (subject: Subject) => Right | undefined,
  ) => Right | undefined
  readonly reason: string
  /** Where the reason stands: Meta's page, or what was seen of the library. */
  readonly source: string
}

const PAGE = 'Meta, Customer Information Parameters, read 2026-09'
const RUN = 'both libraries run, 2026-11'
const BOTH: readonly Library[] = ['business SDK', 'Parameter Builder']
const SDK: readonly Library[] = ['business SDK']
const BUILDER: readonly Library[] = ['Parameter Builder']
const ALL: readonly Field[] = PERSONAL

const textOf = ({ value }: Subject) => (typeof value === 'string' ? value.trim() : String(value))
const hashed = (text: string | null | undefined): Right =>
  text === undefined || text === null || text === '' ? null : hash('sha256', text)
const lower = (text: string) => text.normalize('NFC').toLowerCase()
const isAscii = (text: string) => /^[\x20-\x7e]*$/.test(text)

/** What the person is, where that was known when the value was made. */
const fact = ({ is }: Subject): Right => hashed(is)
const letters = (subject: Subject): Right =>
  hashed(lower(textOf(subject)).replaceAll(/[\s\p{P}]/gu, ''))
const state = (subject: Subject): Right =>
  subject.is === undefined ? letters(subject) : hashed(subject.is)
const address = (subject: Subject): Right =>
  subject.is === null ? null : hashed(lower(textOf(subject)))
function zip(subject: Subject): Right {
  const code = lower(textOf(subject)).replaceAll(/[\s-]/g, '')
  return hashed(subject.country === 'us' ? code.slice(0, 5) : code)
}

/** Every way in which we mean to differ from Meta's own libraries. Whatever is not here is a bug of ours. The first that fits decides. */
export const INTENDED_DIFFERENCES: readonly IntendedDifference[] = [
  {
    fields: ALL,
    libraries: BOTH,
    when: ({ field, country }, text) => isWordForNothing(field, text, country),
    right: () => null,
    reason: 'A word for nothing (N/A) names nobody. Theirs hash it: many people become one.',
    source: 'rulings of 2026-11 on words for nothing',
  },
  {
    fields: ALL,
    libraries: BOTH,
    when: (_subject, text) => text.includes('\u200b'),
    right: (subject, other) =>
      other({ ...subject, value: textOf(subject).replaceAll('\u200b', '') }),
    reason:
      'A zero width space at the end of a value is nobody’s intention: it is trimmed. Theirs hash it, or take the value for invalid.',
    source: 'vectors, em with U+200B',
  },
  {
    fields: ALL,
    libraries: BOTH,
    when: (_subject, text) => text !== text.normalize('NFC'),
    right: (subject, other) => other({ ...subject, value: textOf(subject).normalize('NFC') }),
    reason:
      'An accent in two characters is the same letter: NFC first. Theirs hash the two forms differently.',
    source: `${RUN}: no Unicode normalisation`,
  },
  {
    fields: ALL,
    libraries: BOTH,
    when: ({ value }) => typeof value === 'number',
    right: (subject, other) => other({ ...subject, value: String(subject.value) }),
    reason:
      'A number is a value. Theirs take it for the length of an array: null, or an exception.',
    source: RUN,
  },
  {
    fields: ALL,
    libraries: SDK,
    when: (_subject, text) => /^[\dA-F]{64}$/.test(text),
    right: (subject) => textOf(subject).toLowerCase(),
    reason: 'A hash is a hash, in capitals too. The SDK sends an external_id as it is.',
    source: PAGE,
  },
  {
    fields: ALL,
    libraries: BOTH,
    when: ({ is }, text) =>
      is === null && /^(?:undefined|NaN|\[object Object\]|e3b0c44298fc1c14\w+)$/.test(text),
    right: () => null,
    reason: 'What a program writes for a missing value, and the hash of nothing, name nobody.',
    source: PAGE,
  },
  {
    fields: ['external_id'],
    libraries: SDK,
    when: () => true,
    right: ({ field, value }) => parameterBuilder(field, value),
    reason: 'Hashing is recommended for external_id: ours leaves as a hash, the SDK’s as it is.',
    source: PAGE,
  },
  {
    fields: ['em'],
    libraries: BOTH,
    when: (_subject, text) => !isAscii(text),
    right: address,
    reason:
      'An address of Unicode is an address. The SDK throws and loses the event, the Builder drops it.',
    source: 'facebook-nodejs-business-sdk issue 302',
  },
  {
    fields: ['em'],
    libraries: SDK,
    when: ({ is }) => is === null,
    right: address,
    reason: 'Neither sends a value; ours reports the field, the SDK throws and loses the event.',
    source: 'SDK run, 2026-11',
  },
  {
    fields: ['ph'],
    libraries: BOTH,
    when: ({ is }) => is === null,
    right: fact,
    reason:
      'What has fewer than seven digits is no number. The Builder hashes it, the SDK throws and loses the event.',
    source: 'vectors, ph 12345',
  },
  {
    fields: ['ph'],
    libraries: BOTH,
    when: (_subject, text) => text.includes('(0)'),
    right: fact,
    reason:
      'The zero in +44 (0)20 is not dialled with the country code, and the one in +39 (0)6 is; theirs cannot know.',
    source: 'vectors, ph +44 (0)20 7946 0958; rulings of 2026-11 on Italy',
  },
  {
    fields: ['ph'],
    libraries: BOTH,
    when: (_subject, text) => !isAscii(text),
    right: fact,
    reason:
      'Full-width digits are digits. The Builder deletes them, the SDK hashes them as they are.',
    source: 'vectors, ph ＋８１',
  },
  {
    fields: ['ph'],
    libraries: BOTH,
    when: (_subject, text) => text.includes('ext.'),
    right: fact,
    reason:
      'An extension is not of the number. The Builder appends its digits, the SDK hashes a dot.',
    source: RUN,
  },
  {
    fields: ['ph'],
    libraries: BOTH,
    when: ({ is }, text) =>
      !/^(?:\+|00)/.test(text) && !text.replaceAll(/\D/g, '').startsWith(is ?? '-'),
    right: fact,
    reason:
      'A national number gets the code of the person’s country, which Meta demands, and a number dialled abroad loses what is dialled first; theirs do neither, so it cannot match.',
    source: PAGE,
  },
  {
    fields: ['ph'],
    libraries: BOTH,
    when: (_subject, text) => /^00[1-9]/.test(text),
    right: fact,
    reason: 'Prefixes to dial abroad from Australia or Korea are longer than 00.',
    source: 'libphonenumber-js, metadata',
  },
  {
    fields: ['ph'],
    libraries: SDK,
    when: (_subject, text) =>
      /[./]|^00/.test(text) || /^\+?\d+$/.test(text.replaceAll(/[\s-]/g, '')),
    right: fact,
    reason: 'A number is its digits. The SDK keeps dots and slashes.',
    source: PAGE,
  },
  {
    fields: ['fn', 'ln'],
    libraries: BOTH,
    when: (_subject, text) => /[\p{P}\s]/u.test(text),
    right: letters,
    reason:
      'Names go without spaces and punctuation, typographic or not. The SDK keeps both, the Builder keeps ’.',
    source: `${PAGE}; vectors, ln O’Connor`,
  },
  {
    fields: ['ct'],
    libraries: BOTH,
    when: (_subject, text) => !isAscii(text) || /[\p{P}\d]/u.test(text),
    right: letters,
    reason:
      'UTF-8 is allowed in towns: zürich stays, and punctuation goes. The Builder keeps a to z only (zrich) and drops 東京, the SDK keeps ’.',
    source: PAGE,
  },
  {
    fields: ['st'],
    libraries: SDK,
    when: ({ is }) => is !== undefined,
    right: state,
    reason:
      'US states and Canadian provinces become their two letters; the SDK sends the name in full.',
    source: PAGE,
  },
  {
    fields: ['st'],
    libraries: BUILDER,
    when: () => true,
    right: state,
    reason:
      'States outside the USA and Canada keep their names, without punctuation. The Builder cuts them to two letters: Bayern is ba, New South Wales ne.',
    source: PAGE,
  },
  {
    fields: ['zp'],
    libraries: BOTH,
    when: ({ country }, text) => country === 'us' || text.includes('-'),
    right: zip,
    reason:
      'Dashes go, the digits behind them stay (01310100, d50667); only US codes are cut to five digits. Theirs cut everybody’s at the dash.',
    source: PAGE,
  },
  {
    fields: ['zp'],
    libraries: BUILDER,
    when: (_subject, text) => /\s/.test(text),
    right: zip,
    reason: 'Spaces go: sw1a1aa. The Builder keeps the one in the middle.',
    source: PAGE,
  },
  {
    fields: ['country'],
    libraries: BOTH,
    when: () => true,
    right: fact,
    reason:
      'Names and alpha-3 codes become ISO 3166-1 alpha-2, unknown ones are dropped. The SDK throws; the Builder cuts to two letters: Schweiz is sc, POL is po, Great Britain gr.',
    source: 'vectors, country',
  },
  {
    fields: ['ge'],
    libraries: BUILDER,
    when: ({ is }) => is === null,
    right: fact,
    reason:
      'A king, a brother and a fellow are no entries of a form; such words are dropped. The Builder knows 75 words, among them god.',
    source: 'rulings of 2026-11 on gender',
  },
  {
    fields: ['ge'],
    libraries: BOTH,
    when: () => true,
    right: fact,
    reason:
      'Salutations, pronouns and words of other languages are what forms hold; with a dot or without. The SDK knows f, female, m and male.',
    source: 'rulings of 2026-11 on gender',
  },
  {
    fields: ['db'],
    libraries: BUILDER,
    when: ({ is }) => is === null,
    right: fact,
    reason: 'The 31st of February and a day before 1900 are no birthdays; the Builder hashes them.',
    source: 'vectors, db 02/30/1990',
  },
  {
    fields: ['db'],
    libraries: SDK,
    when: () => true,
    right: fact,
    reason:
      'Dates of birth are YYYYMMDD and days of the calendar; the SDK hashes what it is given.',
    source: PAGE,
  },
]
