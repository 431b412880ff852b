import fc from 'fast-check'
import { expect, it } from 'vitest'
import { eventIdFrom } from '../../src/index.ts'

it('is what a page can write by hand', () => {
  expect(eventIdFrom('order', 1001)).toBe('order.1001')
})

it('differs whenever the parts differ', () => {
  const parts = fc.array(fc.string(), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      expect(eventIdFrom(...a) === eventIdFrom(...b)).toBe(JSON.stringify(a) === JSON.stringify(b))
    }),
  )
})
