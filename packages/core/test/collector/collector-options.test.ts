import { describe, expect, it } from 'vitest'
import { type CollectorOptions, collect, collectorOptions } from '../../src/collector.ts'
import { CapiConfigError, createCapi } from '../../src/index.ts'
import { testWorld } from '../test-world.ts'

const OPTIONS = { allowedOrigins: ['https://shop.example'], events: ['Lead'] } as const
const PERSON = { client_ip_address: '203.0.113.7', client_user_agent: 'UA/1' }
const LEAD = JSON.stringify({ event_name: 'Lead', event_id: 'lead.1' })

function posted(body = LEAD): Request {
  const headers = { origin: 'https://shop.example', 'content-type': 'text/plain' }
  return new Request('https://shop.example/events', { method: 'POST', headers, body })
}

function tracker() {
  const capi = testWorld().client()
  return capi.with({ action_source: 'website', user_data: PERSON })
}

describe('the start is stopped', () => {
  it.each<[string, Partial<Record<keyof CollectorOptions, unknown>>]>([
    ['allowedOrigins', { allowedOrigins: ['*'] }],
    ['allowedOrigins', { allowedOrigins: ['https://shop.example/'] }],
    ['allowedOrigins', { allowedOrigins: ['shop.example'] }],
    ['allowedOrigins', { allowedOrigins: undefined }],
    ['events', { events: 'ViewContent' }],
    ['signingSecret', { signingSecret: undefined }],
    ['signingSecret', { signingSecret: 'short' }],
    ['maxBytes', { maxBytes: Number.NaN }],
    ['maxBytes', { maxBytes: '16kb' }],
    ['maxBytes', { maxBytes: 0 }],
    ['burst', { rateLimit: { burst: Number.NaN } }],
    ['perMinute', { rateLimit: { perMinute: -1 } }],
    ['maxAddresses', { rateLimit: { maxAddresses: 'x' } }],
    ['rateLimit', { rateLimit: 60 }],
    ['rateLimit', { rateLimit: null }],
    ['onRefused', { onRefused: 'x' }],
  ])('by %s that would let anybody in, or nobody', (option, wrong) => {
    const options = {
      allowedOrigins: ['https://shop.example'],
      events: ['Purchase'],
      signingSecret: 'a-secret-of-the-tests',
      ...wrong,
    }
    expect(() => collectorOptions(options as never)).toThrow(CapiConfigError)
    expect(() => collectorOptions(options as never)).toThrow(option)
  })
})

it('takes no options that nobody checked', async () => {
  const unchecked = collect(posted(), tracker(), OPTIONS as never)
  await expect(unchecked).rejects.toThrow('collectorOptions({ … })')
  await expect(unchecked).rejects.toBeInstanceOf(CapiConfigError)
})

it('counts over all requests, and by the address that is given', async () => {
  const refusals: string[] = []
  const { logger } = testWorld()
  const options = collectorOptions({
    ...OPTIONS,
    logger,
    rateLimit: { burst: 1, perMinute: 1 },
    onRefused: (reason) => refusals.push(reason),
  })
  const from = (clientIp?: string) => collect(posted(), tracker(), { ...options, clientIp })
  await from('203.0.113.7')
  await from('203.0.113.8')
  expect(refusals).toEqual([])
  await from('203.0.113.7')
  expect(refusals).toEqual(['rate_limited'])
  expect(logger.warn).toHaveBeenLastCalledWith(expect.stringContaining('see rateLimit'))
})

it('says once that it does not know who calls', async () => {
  const { logger } = testWorld()
  const options = collectorOptions({ ...OPTIONS, logger, rateLimit: { burst: 1, perMinute: 1 } })
  for (let call = 0; call < 3; call++) await collect(posted(), tracker(), options)
  expect(logger.warn.mock.calls).toEqual([[expect.stringContaining('{ ...options, clientIp }')]])
})

it('answers other methods with 405, and reports a body that somebody has read', async () => {
  const refusals: string[] = []
  const options = collectorOptions({
    ...OPTIONS,
    logger: testWorld().logger,
    onRefused: (reason) => refusals.push(reason),
  })
  const answer = await collect(new Request('https://shop.example/events'), tracker(), options)
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'OPTIONS, POST'])
  const read = posted()
  await read.text()
  expect((await collect(read, tracker(), options)).status).toBe(204)
  const locked = posted()
  locked.body?.getReader()
  expect((await collect(locked, tracker(), options)).status).toBe(204)
  expect(refusals).toEqual(['body_already_read', 'body_already_read'])
})

it('answers when the event is in the outbox, and when the tracker fails', async () => {
  const { clock, network, logger } = testWorld()
  const client = createCapi({
    pixelId: '1234567890',
    accessToken: 't',
    clock,
    fetch: network.fetch,
  })
  const options = collectorOptions({ ...OPTIONS, logger })
  const website = client.with({ action_source: 'website', user_data: PERSON })
  await collect(posted(), website, options)
  expect((await client.stats()).queued).toBe(1)
  const broken = { ...website, track: () => Promise.reject(new Error('broken')) }
  expect((await collect(posted(), broken, options)).status).toBe(204)
  expect(logger.warn).toHaveBeenCalledWith(expect.stringContaining('failed. '))
})

it('keeps the state of Limited Data Use that the server knows', async () => {
  const world = testWorld()
  const client = world.client()
  const context = {
    action_source: 'website',
    user_data: PERSON,
    data_processing_options: ['LDU'],
    data_processing_options_country: 1,
    data_processing_options_state: 1000,
  } as const
  const body = JSON.stringify({ ...JSON.parse(LEAD), data_processing_options: ['LDU'] })
  const request = posted(body)
  const options = collectorOptions({ ...OPTIONS, logger: world.logger })
  await collect(request, { ...client.with(context), context }, options)
  await client.flush()
  expect(world.network.requests[0]?.body.data).toMatchObject([
    { data_processing_options_state: 1000 },
  ])
})
