import { hashUserData } from '@capi/core'
import { messyOrders } from '@capi/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type Disagreement,
  INTENDED_DIFFERENCES,
  type IntendedDifference,
} from '../src/intended-differences.ts'
import { businessSdk, FIELDS, type Field, parameterBuilder } from '../src/meta-libraries.ts'

const now = Date.UTC(2026, 10, 23)
const orders = messyOrders(10_000, { seed: 24, defective: 0.25 })
const fields = Object.keys(FIELDS) as Field[]

let compared = 0
const explained = new Map<IntendedDifference, number>()
const unexplained: Disagreement[] = []

function compare(field: Field, value: unknown, ours: string | null): void {
  const hashes = { 'business SDK': businessSdk, 'Parameter Builder': parameterBuilder } as const
  for (const library of ['business SDK', 'Parameter Builder'] as const) {
    compared++
    const theirs = hashes[library](field, value)
    if (theirs === ours) continue
    const disagreement = { field, library, value, ours, theirs }
    const text = typeof value === 'string' ? value : ''
    const why = INTENDED_DIFFERENCES.find(
      (one) =>
        one.fields.includes(field) &&
        one.libraries.includes(library) &&
        one.when(text, disagreement),
    )
    if (why === undefined) unexplained.push(disagreement)
    else explained.set(why, (explained.get(why) ?? 0) + 1)
  }
}

beforeAll(() => {
  for (const { user_data } of orders) {
    const sent: Readonly<Record<string, unknown>> = hashUserData(user_data, { now }).user_data
    for (const field of fields) {
      const value = user_data[field]
      const ours: unknown = sent[field]
      if (value === undefined || value === null || value === '') continue
      compare(field, value, Array.isArray(ours) ? String(ours[0]) : null)
    }
  }
})

describe('10,000 messy orders of 13 countries, beside Meta’s business SDK and Parameter Builder', () => {
  it('are compared value by value', () => {
    expect(compared).toBeGreaterThan(200_000)
  })

  it('differ only where we mean to', () => {
    expect(unexplained.slice(0, 20)).toEqual([])
  })

  it.each(INTENDED_DIFFERENCES)('need the row: $reason', (row) => {
    expect(explained.get(row) ?? 0).toBeGreaterThan(0)
  })
})
