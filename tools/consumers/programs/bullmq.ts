import assert from 'node:assert/strict'
import { bullmqOutbox } from '@capi/bullmq'
import { CapiError, createCapi } from '@capi/core'
import { Queue } from 'bullmq'
import { assertOneEvent, EMAIL, runProgram, startEmulator } from './one-event.js'

const OPTIONS = { event_id: 'lead.1', action_source: 'other', user_data: { em: EMAIL } } as const

runProgram(async () => {
  const { hostname: host, port } = new URL(process.env['REDIS_URL'] ?? '')
  const queue = new Queue('capi-events', { connection: { host, port: Number(port) } })
  const { emulator, options } = await startEmulator()
  // @ts-expect-error A queue, and not its name: the types have arrived too.
  assert.throws(() => bullmqOutbox({ queue: 'capi-events' }), CapiError)

  const shop = createCapi({ ...options, outbox: bullmqOutbox({ queue, role: 'producer' }) })
  assert.equal((await shop.track('Lead', {}, OPTIONS)).outcome, 'accepted')
  await shop.close()
  assert.equal(emulator.events().length, 0)

  const worker = createCapi({ ...options, outbox: bullmqOutbox({ queue }) })
  await assertOneEvent(emulator, 'Lead', 'lead.1')
  assert.equal((await worker.track('Lead', {}, OPTIONS)).outcome, 'duplicate')
  await worker.close()
  await queue.close()
  await emulator.close()
})
