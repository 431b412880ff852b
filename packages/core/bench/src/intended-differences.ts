import type { Field } from './meta-libraries.ts'
import { PERSONAL } from './orders.ts'

export type Library = 'business SDK' | 'Parameter Builder'

export interface Disagreement {
  readonly field: Field
  readonly library: Library
  /** As the shop passed it. */
  readonly value: unknown
  readonly ours: string | null
  /** A hash, null for dropped, 'throws'. */
  readonly theirs: string | null
}

export interface IntendedDifference {
  readonly fields: readonly Field[]
  readonly libraries: readonly Library[]
  readonly when: (text: string, disagreement: Disagreement) => boolean
  readonly reason: string
  /** Where the reason stands: Meta's page, or what was seen of the library. */
  readonly source: string
}

const PAGE = 'Meta, Customer Information Parameters, read 2026-09'
const BOTH: readonly Library[] = ['business SDK', 'Parameter Builder']
const SDK: readonly Library[] = ['business SDK']
const BUILDER: readonly Library[] = ['Parameter Builder']
const ALL: readonly Field[] = PERSONAL

const isPlain = (text: string) => /^[\x20-\x7e]*$/.test(text.trim())
const hasPunctuation = (text: string) => /[\p{P}\s]/u.test(text.trim())
const isNational = (text: string) => !/^\s*(?:[+＋]|00)/.test(text)

/** Every way in which we mean to differ from Meta's own libraries. Whatever is not here is a bug of ours. */
export const INTENDED_DIFFERENCES: readonly IntendedDifference[] = [
  {
    fields: ALL,
    libraries: BOTH,
    when: (text) => text.includes('\u200b'),
    reason:
      'A zero width space at the end of a value is nobody’s intention: it is trimmed. Theirs hash it, or take the value for invalid.',
    source: 'vectors, em with U+200B',
  },
  {
    fields: ALL,
    libraries: BOTH,
    when: (text) => text !== text.normalize('NFC'),
    reason:
      'An accent in two characters is the same letter: NFC first. Theirs hash the two forms differently.',
    source: 'both libraries run, 2026-11: no Unicode normalisation',
  },
  {
    fields: ALL,
    libraries: BOTH,
    when: (_text, { value }) => typeof value === 'number',
    reason:
      'A number is a value. Theirs take it for the length of an array: null, or an exception.',
    source: 'both libraries run, 2026-11',
  },
  {
    fields: ['em', 'fn', 'ln'],
    libraries: BOTH,
    when: (text, { ours }) =>
      ours === null && (text === 'undefined' || text.startsWith('e3b0c44298fc1c14')),
    reason: 'What a program writes for a missing value, and the hash of nothing, name nobody.',
    source: PAGE,
  },
  {
    fields: ['external_id'],
    libraries: SDK,
    when: () => true,
    reason: 'Hashing is recommended for external_id: ours leaves as a hash, the SDK’s as it is.',
    source: PAGE,
  },
  {
    fields: ['em'],
    libraries: BOTH,
    when: (text, { ours }) => ours !== null && /@.*\./.test(text) && !isPlain(text),
    reason:
      'An address of Unicode is an address. The SDK throws and loses the event, the Builder drops it.',
    source: 'facebook-nodejs-business-sdk issue 302',
  },
  {
    fields: ['em', 'ph'],
    libraries: SDK,
    when: (_text, { ours, theirs }) => ours === null && theirs === 'throws',
    reason: 'Neither sends a value; ours reports the field, the SDK throws and loses the event.',
    source: 'SDK run, 2026-11',
  },
  {
    fields: ['ph'],
    libraries: BUILDER,
    when: (_text, { ours }) => ours === null,
    reason: 'Fewer than seven digits are no number; the Builder hashes them.',
    source: 'vectors, ph 12345',
  },
  {
    fields: ['ph'],
    libraries: BOTH,
    when: (text, { ours }) => ours !== null && isNational(text),
    reason:
      'A national number gets the code of the person’s country, which Meta demands; theirs never add it, so it cannot match.',
    source: PAGE,
  },
  {
    fields: ['ph'],
    libraries: BOTH,
    when: (text) => text.includes('(0)'),
    reason: 'The zero in +44 (0)20 is not dialled with the country code.',
    source: 'vectors, ph +44 (0)20 7946 0958',
  },
  {
    fields: ['ph'],
    libraries: BOTH,
    when: (text) => !isPlain(text),
    reason:
      'Full-width digits are digits. The Builder deletes them, the SDK hashes them as they are.',
    source: 'vectors, ph ＋８１',
  },
  {
    fields: ['fn', 'ln'],
    libraries: SDK,
    when: (text) => hasPunctuation(text),
    reason: 'Names go without punctuation and spaces; the SDK keeps both.',
    source: PAGE,
  },
  {
    fields: ['ln', 'ct'],
    libraries: BOTH,
    when: (text) => /[’'-]/.test(text),
    reason:
      "Punctuation is punctuation, typographic or not: it goes. The Builder leaves ’ in names, the SDK ’ and ' in towns.",
    source: 'vectors, ln O’Connor',
  },
  {
    fields: ['ct'],
    libraries: BUILDER,
    when: (text) => !isPlain(text),
    reason:
      'UTF-8 is allowed in towns: zürich stays. The Builder keeps a to z only (zrich) and drops 東京.',
    source: PAGE,
  },
  {
    fields: ['st'],
    libraries: BUILDER,
    when: (text) => !/^(?:new york|ca|north carolina|ontario)$/i.test(text.trim()),
    reason:
      'States outside the USA and Canada keep their names. The Builder cuts them to two letters: Bayern is ba, New South Wales ne.',
    source: PAGE,
  },
  {
    fields: ['st'],
    libraries: SDK,
    when: (text, { ours, theirs }) =>
      ours !== null && theirs !== null && !/^[A-Za-z]{2}$/.test(text.trim()),
    reason:
      'US states and Canadian provinces become their two letters, others lose punctuation; the SDK sends the name in full.',
    source: PAGE,
  },
  {
    fields: ['zp'],
    libraries: BOTH,
    when: (text) => text.includes('-'),
    reason:
      'Dashes go, the digits behind them stay (01310100, d50667); only US codes are cut to five digits. Theirs cut everybody’s at the dash.',
    source: PAGE,
  },
  {
    fields: ['zp'],
    libraries: BUILDER,
    when: (text) => /\s/.test(text.trim()),
    reason: 'Spaces go: sw1a1aa. The Builder keeps the one in the middle.',
    source: PAGE,
  },
  {
    fields: ['country'],
    libraries: BOTH,
    when: (text) => !/^[A-Za-z]{2}$/.test(text.trim()) || /^uk$/i.test(text.trim()),
    reason:
      'Names and alpha-3 codes become ISO 3166-1 alpha-2, unknown ones are dropped. The SDK throws; the Builder cuts to two letters: Schweiz is sc, POL is po, Great Britain gr.',
    source: 'vectors, country',
  },
  {
    fields: ['db'],
    libraries: SDK,
    when: () => true,
    reason:
      'Dates of birth are YYYYMMDD and days of the calendar; the SDK hashes what it is given.',
    source: PAGE,
  },
  {
    fields: ['db'],
    libraries: BUILDER,
    when: (_text, { ours }) => ours === null,
    reason: 'The 31st of February is no day; the Builder hashes it.',
    source: 'vectors, db 02/30/1990',
  },
]
