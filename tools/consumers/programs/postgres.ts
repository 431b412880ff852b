import assert from 'node:assert/strict'
import { CapiError, createCapi } from '@capi/core'
import { postgresOutbox } from '@capi/postgres'
import { Pool } from 'pg'
import { assertOneEvent, EMAIL, runProgram, startEmulator } from './one-event.js'

runProgram(async () => {
  const db = new Pool({ connectionString: process.env['PG_URL'] ?? '' })
  const { emulator, options } = await startEmulator()
  // @ts-expect-error A worker delivers: the types have arrived too.
  assert.throws(() => postgresOutbox({ db, role: 'sender' }), CapiError)

  const producer = postgresOutbox({ db, ensure: true, role: 'producer' })
  const shop = createCapi({ ...options, outbox: producer })
  for (const [event_id, end] of [
    ['lead.0', 'ROLLBACK'],
    ['lead.1', 'COMMIT'],
  ] as const) {
    const client = await db.connect()
    await client.query('BEGIN')
    const { outcome } = await shop.track(
      'Lead',
      {},
      { event_id, action_source: 'other', user_data: { em: EMAIL }, transaction: client },
    )
    assert.equal(outcome, 'accepted')
    await client.query(end)
    client.release()
  }
  await shop.close()
  assert.equal(emulator.events().length, 0)

  const worker = createCapi({ ...options, outbox: postgresOutbox({ db }) })
  await assertOneEvent(emulator, 'Lead', 'lead.1')
  await worker.close()
  await db.end()
  await emulator.close()
})
