import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hashUserData, sha256 } from '../../src/index.ts'

const john = '62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f'

it('hashes the documented example to the documented hash', () => {
  expect(hashUserData({ em: ' John_Smith@gmail.com ' }).user_data).toEqual({ em: [john] })
})

it('keeps one hash of a value, its other spelling and its hash', () => {
  const em = ['John_Smith@gmail.com', 'john_smith@GMAIL.com ', john, john.toUpperCase()]
  expect(hashUserData({ em }).user_data).toEqual({ em: [john] })
})

it('leaves out what is empty, silently, and what is wrong, with an issue', () => {
  const { user_data, issues } = hashUserData({
    em: ['', null, 'no address'],
    ph: undefined,
    external_id: 12345,
  })
  expect(user_data).toEqual({ external_id: [sha256('12345')] })
  expect(issues).toMatchObject([{ path: 'user_data.em[2]', code: 'not_normalizable' }])
})

it('passes browser values as they are and drops those of the wrong form', () => {
  const now = 1554763741205
  const fbc = `fb.1.${now}.AbC_d-E`
  const { user_data, issues } = hashUserData(
    {
      fbc,
      fbp: 'nonsense',
      client_ip_address: '10.0.0.1',
      client_user_agent: 'UA/1',
    },
    { nowMs: now },
  )
  expect(user_data).toEqual({ fbc, client_user_agent: 'UA/1' })
  expect(issues.map((one) => one.path)).toEqual(['user_data.fbp', 'user_data.client_ip_address'])
})

it('throws on nothing and repeats no value', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), (value) => {
      const canary = 'canary-7f3a@'
      const { issues } = hashUserData({ em: [value, canary], ph: value, [canary]: value } as never)
      expect(JSON.stringify(issues)).not.toContain('canary')
    }),
  )
})

it('finds no fault with a hashed phone number, whatever its first digit is', () => {
  const hashed = Array.from({ length: 50 }, (_one, n) => sha256(`4179123${4000 + n}`))
  // Some begin with 0 once their letters are left out, as national numbers do.
  expect(hashed.some((hash) => hash.replace(/\D/g, '').startsWith('0'))).toBe(true)
  expect(hashUserData({ ph: hashed })).toEqual({ user_data: { ph: hashed }, issues: [] })
  const loud = hashed.map((hash) => hash.toUpperCase())
  expect(hashUserData({ ph: loud })).toEqual({ user_data: { ph: hashed }, issues: [] })
})
