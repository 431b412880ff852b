import { expect, it } from 'vitest'
import { optionsFromEnv } from '../../src/index.ts'

it('reads the five variables', () => {
  const env = {
    META_PIXEL_ID: '1234567890',
    META_CAPI_ACCESS_TOKEN: 'token',
    META_TEST_EVENT_CODE: 'TEST1',
    META_GRAPH_API_VERSION: 'v25.0',
    CAPI_BASE_URL: 'http://127.0.0.1:2274',
  }
  expect(optionsFromEnv(env)).toEqual({
    pixelId: '1234567890',
    accessToken: 'token',
    testEventCode: 'TEST1',
    apiVersion: 'v25.0',
    baseUrl: 'http://127.0.0.1:2274',
  })
})

it('takes an empty variable for an unset one, and the dataset id for the pixel id', () => {
  expect(
    optionsFromEnv({ META_PIXEL_ID: ' ', META_DATASET_ID: '999999', CAPI_BASE_URL: '' }),
  ).toEqual({ pixelId: '999999' })
})

it('takes the bindings of a Cloudflare Worker, and no text but theirs', () => {
  const env = { META_PIXEL_ID: '1234567890', META_CAPI_ACCESS_TOKEN: { get: () => 'token' } }
  expect(optionsFromEnv({ ...env, BUCKET: {}, CAPI_BASE_URL: 1 })).toEqual({
    pixelId: '1234567890',
  })
})
