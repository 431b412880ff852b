import { beforeEach, describe, expect, it } from 'vitest'
import { lead, page, person, sum, TOKEN, testWorld, type World } from './test-world.ts'

let clock: World['clock']
let network: World['network']
let client: World['client']

beforeEach(() => {
  ;({ clock, network, client } = testWorld())
})

describe('flush and close', () => {
  it('flushes without waiting for company', async () => {
    const capi = client()
    await capi.track('Lead', {}, { ...page, ...person })
    expect(await capi.flush()).toEqual({ delivered: 1, dropped: 0, queued: 0 })
  })

  it('stops waiting at the deadline and says what is left', async () => {
    const capi = client({ timeoutMs: 60_000 })
    network.answer('hang')
    await capi.track('Lead', {}, { ...page, ...person })
    const flushed = capi.flush({ timeoutMs: 500 })
    await clock.advance(500)
    expect(await flushed).toEqual({ delivered: 0, dropped: 0, queued: 1 })
  })

  it('closes twice without harm and counts later events as closed', async () => {
    const capi = client()
    await capi.track('Lead', {}, { ...page, ...person })
    expect(await Promise.all([capi.close(), capi.close()])).toHaveLength(2)
    expect(await capi.track('Lead', {}, { ...page, ...person })).toMatchObject({
      outcome: 'dropped',
      reason: 'closed',
    })
    expect(await sum(capi)).toEqual({ accepted: 2, delivered: 1, queued: 0, lost: 1 })
  })
})

it('keeps two clients apart', async () => {
  const [one, two] = [client(), client({ accessToken: 'other', pixelId: '2222222222' })]
  await one.track('Lead', {}, { ...page, ...person })
  await clock.advance(200)
  expect(network.requests.map((request) => request.headers.get('authorization'))).toEqual([
    `Bearer ${TOKEN}`,
  ])
  expect((await two.stats()).accepted).toBe(0)
})

it.each([
  [{ pixelId: '../me' }, 'pixelId'],
  [{ apiVersion: '26' }, 'apiVersion'],
  [{ baseUrl: 'ftp://x' }, 'baseUrl'],
  [{ timeoutMs: 0 }, 'timeoutMs'],
  [{ rememberMs: -1 }, 'rememberMs'],
  [{ accessToken: 'Bearer EAAB' }, 'accessToken'],
  [{ accessToken: 'EAAB\u200b' }, 'accessToken'],
  [{ pixelId: '1' }, '5 to 20 digits'],
  [{ batch: { maxEvents: 1_001 } }, 'batch.maxEvents'],
])('refuses the option %j at construction and names it', (options, name) => {
  expect(() => client(options)).toThrow(name)
})

it('takes a token as it is read from a file', async () => {
  const capi = client({ accessToken: 'EAAB\r\n' })
  await lead(capi, 'a')
  await capi.flush()
  expect(network.requests[0]?.headers.get('authorization')).toBe('Bearer EAAB')
})
