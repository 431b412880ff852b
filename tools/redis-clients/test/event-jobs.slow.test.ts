import { readFileSync } from 'node:fs'
import { createCapi } from '@capi/core'
import { createEmulator } from '@capi/emulator'
import { hasRedis, startRedis } from '@capi/testing'
import { Queue } from 'bullmq'
import { expect, it, onTestFinished } from 'vitest'
import { deliverJobs, enqueue } from '../src/event-jobs.ts'

const GUIDE = '../../../apps/docs/content/guides/bullmq-jobs.md'
const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

it('is what the guide shows', () => {
  expect(read(GUIDE)).toContain(read('../src/event-jobs.ts').trim())
})

it.skipIf(!hasRedis())('delivers events from jobs of BullMQ, each once, hashed', async () => {
  const redis = await startRedis('appendonly yes')
  const connection = { host: redis.host, port: redis.port }
  const emulator = createEmulator()
  const options = { pixelId: '1234567890', accessToken: 'token', fetch: emulator.fetch }
  const capi = createCapi(options)
  const queue = new Queue('meta-events', { connection })
  const event = {
    event_name: 'Purchase',
    event_id: 'order.1001',
    action_source: 'system_generated',
    custom_data: { value: 12.5, currency: 'EUR' },
    user_data: { em: 'anna.muster@example.com' },
  } as const
  const job = await enqueue(queue, event)
  expect(JSON.stringify(job.data)).not.toContain('anna')
  await enqueue(queue, event)
  const worker = deliverJobs(capi, 'meta-events', connection)
  onTestFinished(async () => {
    await worker.close()
    await queue.close()
    await capi.close()
    await emulator.close()
    await redis.stop()
  })
  await emulator.waitForEvent({ event_id: 'order.1001' })
  await expect.poll(() => queue.getCompletedCount()).toBe(1)
  expect(emulator.events()).toHaveLength(1)

  // Meta refuses this one for what it is: it is not tried again.
  await enqueue(queue, {
    ...event,
    event_id: 'order.1002',
    custom_data: { value: 1, currency: 'XXXX' },
  })
  await expect.poll(() => queue.getFailedCount()).toBe(1)
})
