import assert from 'node:assert/strict'
import { CapiError, createCapi } from '@capi/core'
import { redisOutbox } from '@capi/redis'
import { Redis } from 'ioredis'
import { assertOneEvent, EMAIL, runProgram, startEmulator } from './one-event.js'

const OPTIONS = { event_id: 'lead.1', action_source: 'other', user_data: { em: EMAIL } } as const

runProgram(async () => {
  const connection = new Redis(process.env['REDIS_URL'] ?? '')
  const { emulator, options } = await startEmulator()
  // @ts-expect-error A worker delivers: the types have arrived too.
  assert.throws(() => redisOutbox({ connection, role: 'sender' }), CapiError)

  const shop = createCapi({ ...options, outbox: redisOutbox({ connection, role: 'producer' }) })
  assert.equal((await shop.track('Lead', {}, OPTIONS)).outcome, 'accepted')
  await shop.close()
  assert.equal(emulator.events().length, 0)

  const worker = createCapi({ ...options, outbox: redisOutbox({ connection }) })
  await assertOneEvent(emulator, 'Lead', 'lead.1')
  assert.equal((await worker.track('Lead', {}, OPTIONS)).outcome, 'duplicate')
  await worker.close()
  await emulator.close()
  connection.disconnect()
})
