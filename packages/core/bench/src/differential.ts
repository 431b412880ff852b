import { hashUserData } from '@capi/core'
import {
  INTENDED_DIFFERENCES,
  type IntendedDifference,
  type Library,
  type Right,
  type Subject,
} from './intended-differences.ts'
import { businessSdk, FIELDS, type Field, parameterBuilder } from './meta-libraries.ts'
import type { Person } from './people.ts'

type Results = Readonly<Record<Library, string | null>>
const LIBRARY_NAMES: readonly Library[] = ['business SDK', 'Parameter Builder']
const fields = Object.keys(FIELDS) as Field[]
const memory = new Map<string, Results>()

/** What Meta's libraries send: a hash, null for nothing, 'throws'. Each value is asked once. */
export function theirsOf(field: Field, value: unknown): Results {
  const key = `${field} ${typeof value} ${String(value)}`
  const known = memory.get(key)
  if (known !== undefined) return known
  const results = {
    'business SDK': businessSdk(field, value),
    'Parameter Builder': parameterBuilder(field, value),
  }
  memory.set(key, results)
  return results
}

/** A subject and what core sends for it. */
export interface Hashed extends Subject {
  readonly ours: string | null
}

/** What hashes a person's values: core, or core with a fault put into it. */
export type Hasher = (
  userData: Readonly<Record<string, unknown>>,
) => Readonly<Record<string, unknown>>

/** What core sends of each person, value by value. */
export function hashAll(people: readonly Person[], hasher: Hasher): Hashed[] {
  return people.flatMap((person) => {
    const given = Object.entries(person).map(([field, { value }]) => [field, value])
    const sent = hasher(Object.fromEntries(given))
    const country = person.country?.is ?? undefined
    return fields.flatMap((field) => {
      const one = person[field]
      const ours = sent[field]
      const result = Array.isArray(ours) ? String(ours[0]) : null
      return one === undefined ? [] : { ...one, field, country, ours: result }
    })
  })
}

/** Core's own. */
export function coreHasher(now: number): Hasher {
  return (userData) =>
    hashUserData(userData, { nowMs: now }).user_data as Readonly<Record<string, unknown>>
}

export interface Wrong {
  readonly field: Field
  readonly value: unknown
  readonly country: string | undefined
  readonly ours: string | null
  /** Not known where no row fits and the libraries disagree. */
  readonly right: Right | undefined
  readonly why: 'not the right value' | 'no row says why the library differs'
  readonly library?: Library
}

export interface Report {
  readonly inputs: number
  /** Ours and both of theirs are the same, and right. */
  readonly equal: number
  /** How often each row says why a library is not right. */
  readonly intended: ReadonlyMap<IntendedDifference, Readonly<Partial<Record<Library, number>>>>
  readonly wrong: readonly Wrong[]
}

/** Judges each value of ours by the row that computes the right one, or where no row fits by what both libraries say. */
export function judge(hashed: readonly Hashed[]): Report {
  let equal = 0
  const intended = new Map<IntendedDifference, Partial<Record<Library, number>>>()
  const wrong: Wrong[] = []
  for (const subject of hashed) {
    const { field, value, country, ours } = subject
    const theirs = theirsOf(field, value)
    const right = rightOf(subject)
    const fault = { field, value, country, ours, right }
    if (right === undefined || ours !== right) wrong.push({ ...fault, why: 'not the right value' })
    const differing = LIBRARY_NAMES.filter((library) => theirs[library] !== right)
    if (differing.length === 0 && ours === right) equal++
    for (const library of differing) {
      const row = rowsFor(subject).find((one) => one.libraries.includes(library))
      if (row === undefined)
        wrong.push({ ...fault, library, why: 'no row says why the library differs' })
      else
        intended.set(row, {
          ...intended.get(row),
          [library]: (intended.get(row)?.[library] ?? 0) + 1,
        })
    }
  }
  return { inputs: hashed.length, equal, intended, wrong }
}

function rowsFor(subject: Subject): readonly IntendedDifference[] {
  const text = String(subject.value)
  return INTENDED_DIFFERENCES.filter(
    (row) => row.fields.includes(subject.field) && row.when(subject, text.trim()),
  )
}

/** Undefined where nobody says. */
function rightOf(subject: Subject): Right | undefined {
  const [row] = rowsFor(subject)
  if (row !== undefined) return row.right(subject, rightOf)
  const theirs = theirsOf(subject.field, subject.value)
  const [one, other] = LIBRARY_NAMES.map((library) => theirs[library])
  return one === other ? one : undefined
}
