import { expect, it } from 'vitest'
import { hashUserData, normalizeField, type UserData } from '../../src/index.ts'
import vectors from '../../vectors/normalization-vectors.json' with { type: 'json' }

const READY: readonly string[] = ['em', 'external_id']

for (const vector of vectors.filter((one) => READY.includes(one.field))) {
  const field = vector.field as 'em' | 'external_id'
  it(`treats ${field} ${JSON.stringify(vector.input)} as Meta's documents do`, () => {
    expect(normalizeField(field, vector.input) ?? null).toBe(vector.normalized)
    const sent: UserData = hashUserData({ [field]: vector.input }).user_data
    expect(sent[field]?.[0] ?? null).toBe(vector.alreadyHashed ? vector.normalized : vector.sha256)
  })
}
