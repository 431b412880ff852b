import { describe, expect, it } from 'vitest'
import { formField, parseCustomer } from '../src/customer.ts'

describe('parseCustomer', () => {
  it('takes a complete form, without the spaces around', () => {
    const body = { name: ' Anna ', email: 'anna@example.com ', phone: '030 23125042' }
    expect(parseCustomer(body)).toEqual({
      ok: true,
      customer: { name: 'Anna', email: 'anna@example.com', phone: '030 23125042' },
    })
  })

  it.each([undefined, null, 'text', {}])('names every missing field of %j', (body) => {
    const result = parseCustomer(body)
    expect(result.ok ? [] : Object.keys(result.errors)).toEqual(['name', 'email', 'phone'])
  })
})

describe('formField', () => {
  it('takes neither lists nor what an object inherits', () => {
    expect(formField({ id: ['a', 'b'] }, 'id')).toBe('')
    expect(formField({}, 'constructor')).toBe('')
  })
})
