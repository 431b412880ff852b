import { expect, it } from 'vitest'
import { rateLimiter } from '../../src/collector.ts'

it('fills again with time, and not above its size', () => {
  const mayPass = rateLimiter({ burst: 2, perMinute: 60 })
  const at = (nowMs: number) => mayPass('203.0.113.7', nowMs)
  expect([at(0), at(0), at(0), at(999), at(1_000), at(1_000)]).toEqual([
    true,
    true,
    false,
    false,
    true,
    false,
  ])
  expect([at(600_000), at(600_000), at(600_000)]).toEqual([true, true, false])
})

it.each([
  ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', false],
  ['2001:db8:1:2::1', '2001:db8:1:3::1', true],
  ['2001:db8::1', '2001:DB8:0:0:5::1', false],
  ['::1', '::2', false],
  ['203.0.113.7', '203.0.113.8', true],
  ['::ffff:203.0.113.7', '::ffff:203.0.113.8', true],
  ['::ffff:203.0.113.7', '203.0.113.7', false],
  ['::FFFF:203.0.113.7', '203.0.113.7', false],
  ['::ffff:cb00:7107', '203.0.113.7', false],
  ['::ffff:cb00:7107', '::ffff:cb00:7108', true],
  ['fe80::1%eth0', 'fe80::2%eth1', false],
  ['2001:db8:1:2::1%eth0', '2001:db8:1:2::1', false],
  ['203.0.113.7:50000', '203.0.113.7:50001', false],
  ['203.0.113.7:50000', '203.0.113.7', false],
  ['10.0.0.7:50000', '10.0.0.7:50001', false],
  ['[2001:db8:1:2::1]:50000', '[2001:db8:1:2::9]:50001', false],
  ['[2001:db8:1:2::1]:50000', '2001:db8:1:2::9', false],
  ['made.up, 203.0.113.7', 'another, 203.0.113.7:80', false],
  ['203.0.113.7, 203.0.113.8', '203.0.113.7, 203.0.113.9', true],
])('takes %s and %s for two: %s', (one, other, areTwo) => {
  const mayPass = rateLimiter({ burst: 1, perMinute: 1 })
  mayPass(one, 0)
  expect(mayPass(other, 0)).toBe(areTwo)
})

it('remembers a bounded number of addresses, and forgets who was silent longest', () => {
  const mayPass = rateLimiter({ burst: 1, perMinute: 1, maxAddresses: 100 })
  expect(mayPass('first', 0)).toBe(true)
  expect(mayPass('second', 0)).toBe(true)
  for (let index = 0; index < 98; index++) mayPass(`other-${index}`, 0)
  expect(mayPass('first', 0)).toBe(false)
  mayPass('one more', 0)
  expect(mayPass('first', 0)).toBe(false)
  expect(mayPass('second', 0)).toBe(true)
})
