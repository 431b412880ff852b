import { createEmulator } from '@capi/emulator'
import { expect, it } from 'vitest'
import { type EventBatch, queueConsumer, queueOutbox } from '../src/cloudflare.ts'
import { IP, page, webWorld } from './world.ts'

const ENV = { META_CAPI_ACCESS_TOKEN: 'token' }
const quiet = { warn() {}, error() {} }

/** What a shop puts on its queue. */
async function queued(count: number): Promise<readonly string[]> {
  const bodies: string[] = []
  const EVENTS = {
    sendBatch: async (messages: readonly { readonly body: string }[]) =>
      void bodies.push(...messages.map(({ body }) => body)),
  }
  const { web } = webWorld({ outbox: (env: { EVENTS: typeof EVENTS }) => queueOutbox(env.EVENTS) })
  const works: Promise<unknown>[] = []
  const platform = { env: { EVENTS }, isolated: true, remoteAddress: IP }
  for (let id = 0; id < count; id++)
    await web.handle(
      page(),
      { ...platform, waitUntil: (work) => void works.push(work) },
      async (capi) => {
        const { outcome } = await capi.track('Lead', {}, { event_id: `lead.${id}` })
        return new Response(outcome)
      },
    )
  await Promise.all(works)
  return bodies
}

/** A batch, and what the consumer does with each message. */
function batchOf(bodies: readonly unknown[], attempts = 1) {
  const results: (string | number)[] = []
  const messages = bodies.map((body, index) => ({
    body,
    attempts,
    ack() {
      results[index] = 'ack'
    },
    retry({ delaySeconds }: { readonly delaySeconds: number }) {
      results[index] = delaySeconds
    },
  }))
  return { batch: { messages } satisfies EventBatch, results }
}

it('delivers each event of a queue once, and acknowledges it', async () => {
  const emulator = createEmulator()
  const consume = queueConsumer({ fetch: emulator.fetch, logger: quiet })
  const { batch, results } = batchOf(await queued(3))
  await consume(batch, ENV)
  expect(results).toEqual(['ack', 'ack', 'ack'])
  expect(emulator.events().map(({ payload }) => payload['event_id'])).toEqual([
    'lead.0',
    'lead.1',
    'lead.2',
  ])
})

it('gives back what is no event, later each time', async () => {
  const consume = queueConsumer({ fetch: createEmulator().fetch, logger: quiet })
  for (const [attempts, delaySeconds] of [
    [1, 10],
    [2, 20],
    [5, 160],
    [50, 3_600],
  ] as const) {
    const { batch, results } = batchOf([{ order: 1 }], attempts)
    await consume(batch, ENV)
    expect(results).toEqual([delaySeconds])
  }
})

it('stops the start for a malformed option, and keeps the batch for a malformed variable', async () => {
  expect(() => queueConsumer({ pixelId: 'my pixel' })).toThrow(/pixelId/)
  const { batch, results } = batchOf(await queued(1))
  const consume = queueConsumer({ logger: quiet })
  await expect(consume(batch, { META_GRAPH_API_VERSION: 'latest' })).rejects.toMatchObject({
    code: 'config_invalid',
  })
  expect(results).toEqual([])
})

it.each([undefined, {}, 'events'])('names the fix where the binding is %j', (queue) => {
  expect(() => queueOutbox(queue as never)).toThrow(/queues\.producers.*queueOutbox\(env\.EVENTS\)/)
})
