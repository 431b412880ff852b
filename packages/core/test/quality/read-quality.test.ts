import { fakeClock, refused, scriptedFetch } from '@capi/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CapiError } from '../../src/index.ts'
import { parseQuality } from '../../src/quality/parse-quality.ts'
import { readQuality } from '../../src/quality.ts'

const TOKEN = 'EAAB-quality-token'
const DATASET = '1234567890'

/** The shape of Meta's documentation, with numbers of our own. Source: Meta, Dataset Quality API, read 2026-11. */
const WEB = {
  event_name: 'Purchase',
  event_match_quality: {
    composite_score: 6.2,
    match_key_feedback: [
      {
        identifier: 'email',
        coverage: { percentage: 71.4 },
        potential_aly_acr_increase: { percentage: 12.5, description: 'words' },
      },
      { identifier: 'ip_address', coverage: { percentage: 100 } },
    ],
    diagnostics: [
      {
        name: 'Server sending invalid match key parameters',
        description: 'd',
        solution: 's',
        percentage: 59.5,
        affected_event_count: 18930,
        total_event_count: 31830,
      },
    ],
  },
  event_coverage: { percentage: 34.1, goal_percentage: 75, description: 'd' },
  dedupe_key_feedback: [
    {
      dedupe_key: 'event_id',
      browser_events_with_dedupe_key: { percentage: 100, description: 'd' },
      server_events_with_dedupe_key: { percentage: 98, description: 'd' },
      overall_browser_coverage_from_dedupe_key: { percentage: 14.8, description: 'd' },
    },
  ],
  data_freshness: { upload_frequency: 'real_time', description: 'd' },
  acr: { percentage: 37.9, description: 'd' },
}
const OFFLINE = {
  event_name: 'Purchase',
  composite: { score: 6.6, recommendation: 'r' },
  match_key: { score: 5.6, recommendation: 'r', coverage: { email: 100, phone: 90 } },
  frequency: { score: 4.6, recommendation: 'r' },
  freshness: { score: 2.2, recommendation: 'r' },
}

function asked() {
  const network = scriptedFetch()
  const options = { pixelId: DATASET, accessToken: TOKEN, fetch: network.fetch, clock: fakeClock() }
  const fields = () => network.requests.map(({ url }) => new URL(url).searchParams.get('fields'))
  return {
    requests: network.requests,
    answer: (...answers: readonly (Response | Error | 'hang')[]) => network.answer(...answers),
    answerAll: (answer: () => Response | Error) => network.answerAll(answer),
    options,
    fields,
    read: () => readQuality(options),
  }
}

const unknownField = (name: string) =>
  refused(400, { code: 100, message: `(#100) Tried accessing nonexisting field (${name}) on node` })

describe('readQuality', () => {
  it('gives all that Meta says, under names that say what it is', async () => {
    const { answer, read } = asked()
    answer(Response.json({ web: [WEB], offline: [OFFLINE] }))
    expect(await read()).toEqual({
      web: [
        {
          event_name: 'Purchase',
          score: 6.2,
          match_keys: [
            { identifier: 'email', coverage: 71.4, acr_increase: 12.5 },
            { identifier: 'ip_address', coverage: 100 },
          ],
          diagnostics: [
            {
              name: 'Server sending invalid match key parameters',
              description: 'd',
              solution: 's',
              percentage: 59.5,
              affected: 18930,
              total: 31830,
            },
          ],
          coverage: { percentage: 34.1, goal: 75 },
          dedupe_keys: [{ key: 'event_id', browser: 100, server: 98, overlap: 14.8 }],
          freshness: 'real_time',
          acr: 37.9,
        },
      ],
      offline: [OFFLINE],
      missing: [],
      readAtMs: expect.any(Number),
    })
  })

  it('asks the top level once, for everything, with the token in the header alone', async () => {
    const { answer, options, requests } = asked()
    answer(Response.json({ web: [] }))
    await readQuality({ ...options, agentName: 'shop', apiVersion: 'v26.0', appSecret: 'secret' })
    const [{ url, headers } = { url: '', headers: new Headers() }] = requests
    const { pathname, searchParams } = new URL(url)
    expect(requests).toHaveLength(1)
    expect(pathname).toBe('/v26.0/dataset_quality')
    expect(searchParams.get('dataset_id')).toBe(DATASET)
    expect(searchParams.get('agent_name')).toBe('shop')
    expect(searchParams.get('appsecret_proof')).toMatch(/^[0-9a-f]{64}$/)
    expect(headers.get('authorization')).toBe(`Bearer ${TOKEN}`)
    expect(url).not.toContain(TOKEN)
  })

  it('keeps absent what Meta does not answer: no score is not a score of 0', async () => {
    const { answer, read } = asked()
    const nulls = {
      event_match_quality: { composite_score: null },
      event_coverage: null,
      acr: null,
    }
    answer(Response.json({ web: [{ event_name: 'Lead' }, { event_name: 'Contact', ...nulls }] }))
    const { web } = await read()
    const empty = { match_keys: [], diagnostics: [], dedupe_keys: [] }
    expect(web).toEqual([
      { event_name: 'Lead', ...empty },
      { event_name: 'Contact', ...empty },
    ])
  })

  it('finds the coverage of offline events inside and beside their match key', () => {
    const { coverage, ...match_key } = OFFLINE.match_key
    const beside = { ...OFFLINE, match_key, coverage }
    expect(parseQuality({ offline: [beside] })).toEqual(parseQuality({ offline: [OFFLINE] }))
  })

  it('asks once more without a field that Graph does not know, and names what is missing', async () => {
    const { answer, fields, read } = asked()
    answer(unknownField('offline'), Response.json({ web: [WEB] }))
    const { missing, web } = await read()
    expect(missing).toEqual(['offline'])
    expect(web[0]?.score).toBe(6.2)
    expect(fields()[1]).toBe(fields()[0]?.replace(/,offline\{.*$/, ''))
  })

  it('asks for what was always there when more fields are gone, or the refusal names none', async () => {
    const least =
      'web{event_name,event_match_quality{composite_score,match_key_feedback{identifier,coverage{percentage}}}}'
    const two = asked()
    two.answer(unknownField('acr'), unknownField('data_freshness'), Response.json({ web: [WEB] }))
    expect((await two.read()).missing).toContain('web.event_coverage')
    expect(two.fields()[2]).toBe(least)
    const nameless = asked()
    nameless.answer(refused(400, { code: 100, message: 'Unbekannt' }), Response.json({ web: [] }))
    await nameless.read()
    expect(nameless.fields()[1]).toBe(least)
  })

  it('ends after three requests, with what Meta said last', async () => {
    const { answerAll, requests, read } = asked()
    answerAll(() => unknownField('event_name'))
    await expect(read()).rejects.toMatchObject({ code: 'api_error', metaCode: 100 })
    expect(requests.length).toBeLessThanOrEqual(3)
  })

  it('leaves offline out where a permission is missing, and says what a token needs', async () => {
    const { answer, read } = asked()
    answer(refused(403, { code: 10 }), Response.json({ web: [WEB] }))
    expect((await read()).missing).toEqual(['offline'])
    answer(refused(403, { code: 10 }), refused(403, { code: 10 }))
    await expect(read()).rejects.toThrow(/ads_read.*July 2025/)
  })

  it.each([
    [
      'no such dataset',
      refused(400, { code: 100, error_subcode: 2044055 }),
      'api_error',
      /dataset/,
    ],
    ['an ended token', refused(401, { code: 190 }), 'api_error', /token/],
    ['a call below the dataset', refused(400, { code: 2500 }), 'api_error', /address/],
    ['a page of a proxy', new Response('<html>', { status: 502 }), 'api_error', /none of Graph/],
    ['a page that says 200', new Response('<html>'), 'api_error', /none of Graph/],
    ['no connection', new TypeError('fetch failed'), 'network_error', /Only numbers were asked/],
  ])('rejects with words for %s, without the token', async (_, given, code, words) => {
    const { answerAll, read } = asked()
    answerAll(() => (given instanceof Response ? given.clone() : given))
    const error = await read().catch((thrown: unknown) => thrown)
    expect(CapiError.is(error) && error.code).toBe(code)
    expect(String(error)).toMatch(words)
    expect(JSON.stringify(error) + String(error)).not.toContain(TOKEN)
  })

  it('rejects when Meta does not answer in time', async () => {
    const { answer, options } = asked()
    answer('hang')
    const { clock } = options
    const reading = readQuality({ ...options, timeoutMs: 500 }).catch((error: unknown) => error)
    await clock.advance(500)
    expect(await reading).toMatchObject({ code: 'timeout', retryable: true })
  })

  it.each([
    [{ pixelId: 'shop' }, 'pixelId'],
    [{ accessToken: '' }, 'accessToken'],
    [{ apiVersion: '27' }, 'apiVersion'],
    [{ baseUrl: 'http://meta.example' }, 'baseUrl'],
    [{ timeoutMs: 0 }, 'timeoutMs'],
    [{ agentName: 7 }, 'agentName'],
  ])('refuses options that cannot work, before anything is asked: %j', async (wrong, name) => {
    const { options, requests } = asked()
    const reading = readQuality({ ...options, ...wrong } as typeof options)
    await expect(reading).rejects.toThrow(name)
    expect(requests).toHaveLength(0)
  })

  it('never throws on an answer, and makes no number of what is none', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (row, part) => {
        const web = [row, { ...WEB, event_match_quality: part, event_coverage: part, acr: part }]
        const text = JSON.stringify(parseQuality({ web, offline: [row, part] }))
        expect(text).not.toMatch(/NaN|:null/)
      }),
      { seed: 7, numRuns: 200 },
    )
  })
})
