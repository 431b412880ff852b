import { expect, it } from 'vitest'
import { minorUnits } from '../../src/adapter.ts'
import vectors from '../../vectors/minor-units.json' with { type: 'json' }

it.each(Object.entries(vectors))('currencies with %s digits behind the point', (digits, codes) => {
  for (const code of codes) expect(minorUnits(code), code).toBe(Number(digits))
})

it('says two of what is no code', () => {
  for (const code of ['', 'Euro', 'eur', 'toString']) expect(minorUnits(code)).toBe(2)
})
