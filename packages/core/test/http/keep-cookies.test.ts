import { expect, it } from 'vitest'
import { isShared, notSet } from '../../src/http/keep-cookies.ts'

it.each([
  ['', false],
  ['public', false],
  ['max-age=60', false],
  ['public, max-age=0', false],
  ['public, max-age=00', false],
  ['public, max-age=1', true],
  ['PUBLIC, MAX-AGE=60', true],
  ['s-maxage=0', false],
  ['s-maxage=1', true],
  ['s-maxage=060, max-age=0', true],
  ['public, s-maxage=60, private', false],
  ['public, max-age=60, no-store', false],
  ['public, max-age=60, no-cache', false],
  ['No-Cache, public, s-maxage=60', false],
])(
  'takes a response with Cache-Control "%s" for one that a cache shares: %s',
  (cacheControl, shared) => {
    expect(isShared({ cacheControl, setCookie: [] })).toBe(shared)
  },
)

it('sets no cookie that the application has set or cleared', () => {
  const head = { cacheControl: '', setCookie: ['_fbp=; Max-Age=0', 'sid=1'] }
  expect(notSet(['_fbp=fb.1.1.1; Path=/', '_fbc=fb.1.1.x'], head)).toEqual(['_fbc=fb.1.1.x'])
})
