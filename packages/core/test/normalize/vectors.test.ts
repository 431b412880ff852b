import { describe, expect, it } from 'vitest'
import { type HashedField, hashUserData, normalizeField } from '../../src/index.ts'
import vectors from '../../vectors/normalization-vectors.json' with { type: 'json' }

const now = Date.UTC(2026, 10, 23)

/** The vectors' words for what is known beside the value. */
function optionsOf(context: string | undefined) {
  if (context === 'default country code 1') return { nowMs: now, phoneCountry: 'US' }
  return context === undefined ? { nowMs: now } : { nowMs: now, country: context }
}

const fields = [...new Set(vectors.map((vector) => vector.field))]

describe.each(fields)('%s', (field) => {
  const list = vectors.filter((vector) => vector.field === field)
  it.each(list.map((vector) => ({ ...vector, name: JSON.stringify(vector.input) })))(
    '$name',
    (vector) => {
      const key = field as HashedField
      const options = optionsOf(vector.context)
      expect(normalizeField(key, vector.input, options) ?? null).toBe(vector.normalized)
      const country = vector.context?.length === 2 ? { country: vector.context } : {}
      const sent = hashUserData({ ...country, [key]: vector.input }, options).user_data[key] ?? null
      const hash = Array.isArray(sent) ? sent[0] : sent
      expect(hash).toBe(vector.alreadyHashed ? vector.normalized : vector.sha256)
    },
  )
})

it('has all of the vectors', () => {
  expect(vectors).toHaveLength(104)
})
