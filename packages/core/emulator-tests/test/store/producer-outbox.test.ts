import { type Capi, createCapi, type Drop } from '@capi/core'
import { deliverMessages, type ProducerQueue, producerOutbox } from '@capi/core/outbox'
import { createEmulator } from '@capi/emulator'
import { expect, it } from 'vitest'
import { buy, PIXEL, page, person, TOKEN } from '../core-tests.ts'

const byText = (a: string, b: string) => a.localeCompare(b)

const quiet = { warn() {}, error() {} }

/** A shop whose events go on a queue, and what the queue was sent, call by call. */
function shop(limits: Partial<ProducerQueue> = {}) {
  const calls: (readonly string[])[] = []
  const drops: Drop[] = []
  const outbox = producerOutbox({
    send: async (messages) => void calls.push(messages),
    maxMessages: 100,
    maxMessageBytes: 128_000,
    maxBytes: 256_000,
    ...limits,
  })
  const capi = createCapi({
    pixelId: PIXEL,
    accessToken: TOKEN,
    logger: quiet,
    outbox,
    onDropped: (drop) => void drops.push(drop),
  })
  return { capi, calls, drops }
}

const orders = (capi: Capi, count: number) =>
  Promise.all(Array.from({ length: count }, (_, id) => buy(capi, `order.${id}`)))
const outcomes = (receipts: readonly { readonly outcome: string }[]) => [
  ...new Set(receipts.map(({ outcome }) => outcome)),
]

it('puts events on a queue, no more in a call than it takes, and never raw', async () => {
  const { capi, calls } = shop({ maxMessages: 10 })
  expect(outcomes(await orders(capi, 25))).toEqual(['accepted'])
  expect(calls.flat()).toHaveLength(25)
  expect(Math.max(...calls.map(({ length }) => length))).toBeLessThanOrEqual(10)
  expect(calls.flat().join()).not.toMatch(/anna|79 ?123/i)
  expect(await capi.close()).toMatchObject({ dropped: 0 })
})

it('sends no more bytes in a call than the queue takes, counted as UTF-8', async () => {
  const { capi, calls } = shop({ maxBytes: 8_000 })
  const data = { content_name: 'Ä'.repeat(1_000) }
  const tracked = Array.from({ length: 9 }, (_, id) =>
    capi.track('Lead', data, { ...page, ...person, event_id: `lead.${id}` }),
  )
  expect(outcomes(await Promise.all(tracked))).toEqual(['accepted'])
  for (const call of calls) expect(Buffer.byteLength(call.join(''))).toBeLessThanOrEqual(8_000)
  expect(calls.flat()).toHaveLength(9)
})

it('drops an event that fits into no message, and keeps those beside it', async () => {
  const { capi, calls } = shop({ maxMessageBytes: 3_000 })
  const large = { content_name: 'x'.repeat(4_000) }
  const [taken, dropped] = await Promise.all([
    buy(capi, 'order.1'),
    capi.track('Lead', large, { ...page, ...person }),
  ])
  expect(taken).toMatchObject({ outcome: 'accepted' })
  expect(dropped).toMatchObject({ outcome: 'dropped', reason: 'queue_full' })
  expect(calls.flat()).toHaveLength(1)
})

it('sends each event once when a later call of the same put fails', async () => {
  let tries = 0
  const sent: string[] = []
  const { capi } = shop({
    maxMessages: 2,
    async send(messages) {
      if (++tries === 2) throw new Error('Too Many Requests, anna@example.com')
      sent.push(...messages)
    },
  })
  expect(outcomes(await orders(capi, 6))).toEqual(['accepted'])
  await capi.close()
  const ids = sent.map((message) => JSON.parse(message).event_id)
  expect(ids.toSorted(byText)).toEqual([0, 1, 2, 3, 4, 5].map((id) => `order.${id}`))
})

it('counts what the queue never took as lost when the client is closed', async () => {
  const { capi, drops } = shop({ send: () => Promise.reject(new Error('no queue')) })
  await buy(capi, 'order.1')
  await capi.close({ timeoutMs: 200 })
  expect(drops).toMatchObject([{ reason: 'store_failed', event_ids: ['order.1'] }])
})

it('cannot erase what is on the queue, and says so', async () => {
  const { capi } = shop()
  await buy(capi, 'order.1')
  await expect(capi.erase({ em: 'anna@example.com' })).rejects.toMatchObject({
    code: 'store_failed',
    problem: 'unsupported',
  })
})

async function queued(count: number): Promise<readonly string[]> {
  const { capi, calls } = shop()
  await orders(capi, count)
  return calls.flat()
}

function consumer(more = {}) {
  const emulator = createEmulator()
  const drops: Drop[] = []
  return {
    emulator,
    drops,
    ids: () => emulator.events({ status: 'processed' }).map(({ payload }) => payload['event_id']),
    options: {
      accessToken: TOKEN,
      fetch: emulator.fetch,
      logger: quiet,
      retry: { baseDelayMs: 1 },
      onDropped: (drop: Drop) => void drops.push(drop),
      ...more,
    },
  }
}

it('delivers messages once, also one that the queue handed out twice', async () => {
  const messages = await queued(3)
  const { options, ids } = consumer()
  const done = await deliverMessages([...messages, ...messages.slice(0, 1)], options)
  expect(done).toEqual([true, true, true, true])
  expect(([...ids()] as string[]).toSorted(byText)).toEqual(['order.0', 'order.1', 'order.2'])
})

it('leaves to the queue what Meta did not take in time, and calls none of it lost', async () => {
  const messages = await queued(3)
  const { emulator, options, drops } = consumer()
  emulator.fail({ preset: 'outage' })
  expect(await deliverMessages(messages, options, 50)).toEqual([false, false, false])
  expect(drops).toEqual([])
  const later = consumer()
  expect(await deliverMessages(messages, later.options)).toEqual([true, true, true])
  expect(later.ids()).toHaveLength(3)
})

it('is done with what Meta refuses or is too old for it, and reports those', async () => {
  const [message = ''] = await queued(1)
  const { body, ...item } = JSON.parse(message)
  const refused = { ...item, key: '1'.repeat(32), event_id: 'bad', body: '{"event_name":"Lead"}' }
  const old = { ...item, key: '2'.repeat(32), event_id: 'old', body, expiresAtMs: 1 }
  const { options, drops } = consumer()
  const messages = [message, JSON.stringify(refused), JSON.stringify(old)]
  expect(await deliverMessages(messages, options)).toEqual([true, true, true])
  expect(drops.map(({ reason }) => reason).sort()).toEqual(['expired', 'rejected'])
})

it.each([
  ['no JSON', '{'],
  ['no text', { event_name: 'Lead' }],
  ['another message', '{"order":1}'],
  [
    'an event for no pixel',
    '{"lane":"../x","key":"k","event_id":"e","event_name":"Lead","body":"{}"}',
  ],
])('leaves %s to the queue', async (_name, message) => {
  const { options, emulator } = consumer()
  expect(await deliverMessages([message], options)).toEqual([false])
  expect(emulator.events()).toEqual([])
})

it('leaves all of it to the queue without a token', async () => {
  const { options } = consumer({ accessToken: undefined })
  expect(await deliverMessages(await queued(2), options, 50)).toEqual([false, false])
})
