import { hash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildersKinds } from '../src/builders-kinds.ts'
import {
  coreHasher,
  type Hashed,
  type Hasher,
  hashAll,
  judge,
  type Report,
  theirsOf,
} from '../src/differential.ts'
import { INTENDED_DIFFERENCES } from '../src/intended-differences.ts'
import { FIELDS, type Field } from '../src/meta-libraries.ts'
import { people } from '../src/people.ts'
import { PLACES } from '../src/places.ts'

const core = coreHasher(Date.UTC(2026, 10, 23))
const fields = Object.keys(FIELDS) as Field[]
const everybody = [...people(5_000, 24), ...buildersKinds()]
let report: Report

beforeAll(() => {
  report = judge(hashAll(everybody, core))
}, 120_000)

describe('people of 40 countries and all of Parameter Builder’s kinds, beside Meta’s business SDK and Parameter Builder', () => {
  it('are compared value by value', () => {
    expect(PLACES).toHaveLength(40)
    expect(report.inputs).toBeGreaterThan(55_000)
    expect(report.equal).toBeGreaterThan(25_000)
  })

  it('are right, and differ only where we mean to', () => {
    expect(report.wrong.slice(0, 20)).toEqual([])
  })

  it.each(INTENDED_DIFFERENCES)('need the row, for each library: $reason', (row) => {
    const counts = report.intended.get(row) ?? {}
    expect(Object.keys(counts).toSorted()).toEqual([...row.libraries].toSorted())
  })
})

/** What a fault of ours could send in the place of a result. */
const FAULTS: Readonly<Record<string, (field: Field, value: unknown) => string | null>> = {
  nothing: () => null,
  'the hash of something else': () => hash('sha256', 'something else'),
  'the hash of the text as it is': (_field, value) => hash('sha256', String(value)),
  'what the business SDK sends': (field, value) => {
    const theirs = theirsOf(field, value)['business SDK']
    return theirs === 'throws' ? null : theirs
  },
  'what Parameter Builder sends': (field, value) => theirsOf(field, value)['Parameter Builder'],
}

function broken(field: Field, fault: (typeof FAULTS)[string]): Hasher {
  return (userData) => {
    const sent = core(userData)
    const given = fault(field, userData[field])
    return { ...sent, [field]: given === null ? undefined : [given] }
  }
}

describe.each(fields)('a fault in %s', (field) => {
  const some = [...people(400, 7), ...buildersKinds().filter((_, index) => index % 4 === 0)].filter(
    (person) => person[field] !== undefined,
  )
  const own = (all: readonly Hashed[]) => all.filter((one) => one.field === field)
  const right = own(hashAll(some, core))

  it.each(Object.entries(FAULTS))('is found in every value: %s', (_name, fault) => {
    const hashed = hashAll(some, broken(field, fault))
    const changed = own(hashed).filter(({ ours }, index) => ours !== right[index]?.ours)
    const found = judge(hashed).wrong.filter(({ why }) => why === 'not the right value')
    expect(changed.length).toBeGreaterThan(0)
    expect(found.map(({ value }) => value)).toEqual(changed.map(({ value }) => value))
    expect(new Set(found.map((one) => one.field))).toEqual(new Set([field]))
  })
})
