import { describe, expect, it } from 'vitest'
import { FBP, scene } from '../analysis/support.ts'
import { refusal } from '../support.ts'

const HASH = 'a'.repeat(64)

type Json = Record<string, unknown>

async function full() {
  const { emulator, browser, server } = scene()
  await browser({ eid: 'a', fbp: FBP, dl: 'https://shop.example/cart?a=x' })
  await browser({ eid: 'b' })
  await server({ event_id: 'a', user_data: { fbp: FBP } })
  const get = (path: string) => emulator.fetch(`https://graph.facebook.com/v27.0/${path}`)
  return { emulator, get, json: async (path: string) => (await (await get(path)).json()) as Json }
}

const ALL =
  'web{event_name,event_match_quality{composite_score,match_key_feedback{identifier,coverage{percentage},' +
  'potential_aly_acr_increase},diagnostics{name,description,solution,percentage,affected_event_count,' +
  'total_event_count}},event_coverage{percentage,goal_percentage},dedupe_key_feedback{dedupe_key,' +
  'browser_events_with_dedupe_key{percentage},server_events_with_dedupe_key{percentage},' +
  'overall_browser_coverage_from_dedupe_key{percentage}},data_freshness{upload_frequency},acr}'

describe('GET /{version}/dataset_quality', () => {
  it('answers in the shape of Meta, with what only Meta knows as null', async () => {
    const { json } = await full()
    expect(
      await json(`dataset_quality?dataset_id=42&access_token=t&fields=${encodeURIComponent(ALL)}`),
    ).toEqual({
      web: [
        {
          event_name: 'PageView',
          event_match_quality: {
            composite_score: 6.8,
            match_key_feedback: [
              {
                identifier: 'email',
                coverage: { percentage: 100 },
                potential_aly_acr_increase: null,
              },
              {
                identifier: 'fbp',
                coverage: { percentage: 100 },
                potential_aly_acr_increase: null,
              },
              {
                identifier: 'user_agent',
                coverage: { percentage: 100 },
                potential_aly_acr_increase: null,
              },
            ],
            diagnostics: [],
          },
          event_coverage: { percentage: 50, goal_percentage: 75 },
          dedupe_key_feedback: [
            {
              dedupe_key: 'event_id',
              browser_events_with_dedupe_key: { percentage: 100 },
              server_events_with_dedupe_key: { percentage: 100 },
              overall_browser_coverage_from_dedupe_key: { percentage: 50 },
            },
            expect.objectContaining({ dedupe_key: 'external_id' }),
            {
              dedupe_key: 'fbp',
              browser_events_with_dedupe_key: { percentage: 50 },
              server_events_with_dedupe_key: { percentage: 100 },
              overall_browser_coverage_from_dedupe_key: { percentage: 0 },
            },
          ],
          data_freshness: { upload_frequency: 'real_time' },
          acr: null,
        },
      ],
    })
  })

  it.each([
    ['dataset_quality?dataset_id=42', 401, 'token_missing', 190, undefined],
    ['dataset_quality?access_token=t', 400, 'dataset_id_missing', 100, undefined],
    ['dataset_quality?dataset_id=43&access_token=t', 400, 'dataset_unknown', 100, 2044055],
    [
      'dataset_quality?dataset_id=42&access_token=t&fields=web{dedup_key_feedback}',
      400,
      'field_unknown',
      100,
      undefined,
    ],
    [
      'dataset_quality?dataset_id=42&access_token=t&fields=web{event_name',
      400,
      'field_unknown',
      100,
      undefined,
    ],
    [
      'dataset_quality?dataset_id=42&access_token=t&fields=__proto__',
      400,
      'field_unknown',
      100,
      undefined,
    ],
    [
      '42/dataset_quality?access_token=t&fields=web',
      400,
      'path_components_unknown',
      2500,
      undefined,
    ],
    ['43?access_token=t', 400, 'object_unknown', 100, 33],
    ['42/stats?access_token=t&aggregation=nonsense', 400, 'aggregation_unknown', 100, undefined],
    ['42/stats?access_token=t&aggregation=constructor', 400, 'aggregation_unknown', 100, undefined],
  ])('refuses %s as Graph does', async (path, status, rule, code, error_subcode) => {
    const { get } = await full()
    const refused = await refusal(await get(path))
    expect(refused).toMatchObject({ status, rule })
    expect(refused.error).toMatchObject({ code, ...(error_subcode && { error_subcode }) })
  })

  it('answers for events of a shop floor under offline, and for no others', async () => {
    const { emulator, server } = scene()
    const floor = { action_source: 'physical_store', event_name: 'Purchase' }
    const custom_data = { value: 5, currency: 'EUR' }
    await server({ ...floor, event_id: 'o1', custom_data, user_data: { em: HASH, ph: HASH } })
    await server({ ...floor, event_id: 'o2', custom_data, user_data: { em: HASH } })
    await server({ event_id: 'w1' })
    const response = await emulator.fetch(
      'https://graph.facebook.com/v27.0/dataset_quality?dataset_id=42&access_token=t&fields=web{event_name},offline',
    )
    expect(await response.json()).toEqual({
      web: [{ event_name: 'PageView' }],
      offline: [
        {
          event_name: 'Purchase',
          composite: { score: expect.any(Number), recommendation: expect.any(String) },
          match_key: {
            score: expect.any(Number),
            recommendation: expect.any(String),
            coverage: { email: 100, phone: 50 },
          },
          frequency: { score: 0.4, recommendation: expect.any(String) },
          freshness: { score: 10, recommendation: expect.any(String) },
        },
      ],
    })
  })

  it('names the field that does not exist, as Graph does', async () => {
    const { get } = await full()
    const { text } = await refusal(
      await get('dataset_quality?dataset_id=42&access_token=t&fields=web{dedup_key_feedback}'),
    )
    expect(text).toContain('(#100) Tried accessing nonexisting field (dedup_key_feedback)')
  })
})

describe('GET /{version}/{dataset}', () => {
  it('answers its id, and fields that are asked for', async () => {
    const { json } = await full()
    expect(await json('42?access_token=t')).toEqual({ id: '42' })
    expect(await json('42?access_token=t&fields=id,name,last_fired_time')).toEqual({
      id: '42',
      name: 'Dataset 42',
      last_fired_time: '2026-11-01T00:00:00+0000',
    })
  })
})

describe('GET /{version}/{dataset}/stats', () => {
  it.each([
    ['event', [{ value: 'PageView', count: 3 }]],
    [
      'event_source',
      [
        { value: 'browser', count: 2 },
        { value: 'server', count: 1 },
      ],
    ],
    ['host', [{ value: 'shop.example', count: 2 }]],
    [
      'url',
      [
        { value: 'https://shop.example/cart', count: 1 },
        { value: 'https://shop.example/', count: 1 },
      ],
    ],
    [
      'event_processing_results',
      [
        { value: 'processed', count: 2 },
        { value: 'deduplicated', count: 1 },
      ],
    ],
    ['browser_type', []],
  ])('counts by %s, hour by hour', async (aggregation, data) => {
    const { json } = await full()
    expect(await json(`42/stats?access_token=t&aggregation=${aggregation}`)).toEqual({
      data: [{ start_time: '2026-11-01T00:00:00+0000', aggregation, data }],
    })
  })

  it('counts only between two times, and only one event', async () => {
    const { json } = await full()
    expect(await json('42/stats?access_token=t&start_time=2026-11-02')).toEqual({ data: [] })
    expect(await json('42/stats?access_token=t&end_time=1793491199')).toEqual({ data: [] })
    expect(await json('42/stats?access_token=t&event=Lead')).toEqual({ data: [] })
  })
})

describe('POST /{version}/', () => {
  const post = async (batch: string) => {
    const { emulator } = await full()
    const response = await emulator.fetch('https://graph.facebook.com/v27.0/', {
      method: 'POST',
      headers: { authorization: 'Bearer t' },
      body: new URLSearchParams({ batch }),
    })
    return { status: response.status, json: (await response.json()) as { body: string }[] }
  }

  it('knows every token as that of a system user, asked in a body', async () => {
    const { json } = await post(
      JSON.stringify([{ method: 'GET', relative_url: 'debug_token?input_token=t' }]),
    )
    expect(JSON.parse(json[0]?.body ?? '').data).toMatchObject({
      type: 'SYSTEM_USER',
      is_valid: true,
      expires_at: 0,
    })
  })

  it.each(['[{"relative_url":"me"}]', '[7]'])(
    'refuses other calls of a batch: %s',
    async (batch) => {
      const { json } = await post(batch)
      expect(json[0]).toMatchObject({ code: 400 })
    },
  )

  it.each(['{', '{}', ''])('refuses what is no batch: %j', async (batch) => {
    expect((await post(batch)).status).toBe(400)
  })
})
