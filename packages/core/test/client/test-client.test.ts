import { createCapi } from '@capi/core'
import { isTestClient } from '@capi/core/adapter'
import { expect, it } from 'vitest'

it.each([
  [{}, false],
  [{ baseUrl: 'https://graph.facebook.com' }, false],
  [{ testEventCode: ' ' }, false],
  [{ testEventCode: 'TEST1' }, true],
  [{ baseUrl: 'http://127.0.0.1:2274' }, true],
])('knows of a tracker of %j whether it sends tests: %s', (options, isTest) => {
  const capi = createCapi({ pixelId: '1234567890', enabled: false, ...options })
  expect(isTestClient(capi)).toBe(isTest)
  expect(isTestClient(capi.with({ pixelId: '22222' }))).toBe(isTest)
})

it('takes what is no tracker for none', () => {
  expect([undefined, null, 'x', {}, { track() {} }].map(isTestClient)).toEqual(Array(5).fill(false))
})
