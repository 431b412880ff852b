import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { requestContext } from '../../src/adapter.ts'
import { createFbc, createFbp } from '../../src/index.ts'
import { build, lead, now, user } from './samples.ts'

const DAY = 86_400_000
const at = (ms: number, fbclid = 'IwAR0abcDEFghi') => `fb.1.${ms}.${fbclid}`
const sent = (fbc: unknown, more: object = {}) => {
  const { event, found, fixes } = build({ ...user({ fbc }), ...more })
  return { fbc: event?.user_data.fbc, found, fixes }
}

describe('a click', () => {
  it.each([
    ['of today', at(now - 1_000)],
    ['89 days old', at(now - 89 * DAY)],
    ['with an appendix', `${at(now - DAY)}.AQQBAQAB`],
  ])('is sent: %s', (_name, fbc) => {
    expect(sent(fbc)).toMatchObject({ fbc, found: [] })
  })

  it.each([
    ['91 days old', at(now - 91 * DAY)],
    ['of last year, in seconds', `fb.1.${now / 1000 - 365 * 86_400}.AbC`],
    ['with an appendix', `${at(now - 95 * DAY)}.BA`],
  ])('is left out when it is older than 90 days: %s', (_name, fbc) => {
    expect(sent(fbc)).toMatchObject({ fbc: undefined, found: ['user_data.fbc:fbc_expired'] })
  })

  it.each([
    ['now, for an event of three days ago', now - 3 * DAY, at(now)],
    ['a day later', now - 3 * DAY, at(now - 2 * DAY)],
    ['ten minutes later', now - DAY, at(now - DAY + 600_000)],
    ['in seconds', now - 3 * DAY, `fb.1.${now / 1000}.AbC`],
  ])('is doubted when it is later than the event: %s', (_name, timeMs, fbc) => {
    const { found } = sent(fbc, { event_time: timeMs / 1000 })
    expect(found).toContain('user_data.fbc:fbc_in_future')
  })

  it('is doubted once when it is later than now, too', () => {
    expect(sent(at(now + 2 * DAY)).found).toEqual(['user_data.fbc:fbc_in_future'])
  })

  it('may be a little later than the event: two clocks date them', () => {
    const event_time = now / 1000 - 3_600
    expect(sent(at(now - 3_600_000 + 60_000), { event_time }).found).toEqual([])
  })

  it.each([
    ['a bare click id', 'IwAR0abcDEFghi'],
    ['a parameter', 'fbclid=IwAR0abcDEFghi'],
    ['an address', 'https://s.example/?fbclid=IwAR0abcDEFghi'],
    ['half a cookie', 'fb.1.IwAR0abcDEFghi'],
  ])('is dropped when it is none, and the fix names createFbc: %s', (_name, fbc) => {
    const { found, fixes, ...rest } = sent(fbc)
    expect(rest.fbc).toBeUndefined()
    expect(found).toEqual(['user_data.fbc:not_normalizable'])
    expect(fixes[0]).toContain('createFbc(fbclid, clickTimeMs)')
  })
})

describe('the cookie _fbc', () => {
  const read = (fbc: string, url = 'https://s.example/') => {
    const header = (name: string) => (name === 'cookie' ? `_fbc=${fbc}` : undefined)
    return requestContext({ url, header }, { nowMs: now }).scope.user_data?.fbc
  }

  it('counts for 90 days', () => {
    expect(read(at(now - 89 * DAY))).toBe(at(now - 89 * DAY))
    expect(read(at(now - 91 * DAY))).toBeUndefined()
  })

  it('gives way to a new click, and is not dated anew for its own', () => {
    expect(read(at(now - 91 * DAY), 'https://s.example/?fbclid=New')).toBe(at(now, 'New'))
    expect(read(at(now - 91 * DAY, 'Old'), 'https://s.example/?fbclid=Old')).toBeUndefined()
  })
})

describe('client_ip_address', () => {
  const ip = (client_ip_address: unknown) => {
    const { event, found } = build(user({ client_ip_address }))
    return { ip: event?.user_data.client_ip_address, found }
  }
  const LISTED = ['user_data.client_ip_address:ip_list']

  it.each<[string, unknown, string]>([
    ['a list', '203.0.113.5, 10.0.0.1', '203.0.113.5'],
    ['a list that begins within', '10.0.0.1,203.0.113.5', '203.0.113.5'],
    ['a list of both kinds', 'unknown, [2001:db8::1]:443, 203.0.113.5', '2001:db8::1'],
    ['a list with ports', '192.168.0.1:80 , 203.0.113.5:50000', '203.0.113.5'],
    ['an array', ['10.0.0.1', '203.0.113.5'], '203.0.113.5'],
    ['a long chain', `${'10.0.0.1, '.repeat(60)}203.0.113.5`, '203.0.113.5'],
  ])('is the first public one of %s', (_name, given, first) => {
    expect(ip(given)).toEqual({ ip: first, found: LISTED })
  })

  it('is one of an array of one', () => {
    expect(ip(['203.0.113.5'])).toEqual({ ip: '203.0.113.5', found: [] })
  })

  it.each<unknown>(['10.0.0.1, 192.168.0.1', ',', 'a,b', [], [{}], ['10.0.0.1']])(
    'is dropped when %j has no public one',
    (given) => {
      expect(ip(given)).toEqual({
        ip: undefined,
        found: ['user_data.client_ip_address:ip_not_public'],
      })
    },
  )

  it('is one address, whatever is given', () => {
    const one = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string(), fc.constantFrom('10.0.0.1', '::1', ''))
    fc.assert(
      fc.property(fc.array(one), fc.constantFrom(',', ', ', ' ', ';'), (list, separator) => {
        const { ip: found } = ip(list.join(separator))
        if (found !== undefined) expect(found).toMatch(/^[0-9a-fA-F:.]+(?:\.[\w-]+)?$/)
      }),
    )
  })
})

it('takes the rest of the event as it is', () => {
  expect(build(lead).found).toEqual([])
})

describe('a click cookie is made of whole milliseconds', () => {
  const NOW_MS = 1_795_835_138_867
  const random = () => 0.5

  it.each([
    ['seconds', Math.floor(NOW_MS / 1_000)],
    ['seconds with a fraction', NOW_MS / 1_000],
    ['microseconds', NOW_MS * 1_000],
    ['a fraction', NOW_MS + 0.5],
    ['a Date', new Date(NOW_MS) as never],
    ['text', `${NOW_MS}` as never],
    ['a bigint', BigInt(NOW_MS) as never],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a negative number', -NOW_MS],
    ['0', 0],
    ['undefined', undefined as never],
    ['null', null as never],
  ])('and of nothing for %s', (_name, nowMs) => {
    expect(createFbc('IwAR0abc', nowMs)).toBeUndefined()
    expect(createFbp(nowMs, random)).toBeUndefined()
  })

  it.each([-1, 100, 1.5, Number.NaN, '1' as never])(
    'and of an index of dots, not of %s',
    (index) => {
      expect(createFbc('IwAR0abc', NOW_MS, index)).toBeUndefined()
      expect(createFbp(NOW_MS, random, index)).toBeUndefined()
    },
  )

  it('and of a random number', () => {
    expect(createFbp(NOW_MS, random)).toBe(`fb.1.${NOW_MS}.1073741824`)
    expect(createFbp(NOW_MS, () => Number.NaN)).toBeUndefined()
  })
})
