import assert from 'node:assert/strict'
import { CapiError, createCapi } from '@capi/core'
import { pgBossOutbox } from '@capi/pg-boss'
import { Pool } from 'pg'
import { PgBoss } from 'pg-boss'
import { assertOneEvent, EMAIL, runProgram, startEmulator } from './one-event.js'

runProgram(async () => {
  const connectionString = process.env['PG_URL'] ?? ''
  const pool = new Pool({ connectionString })
  const boss = new PgBoss({ connectionString })
  boss.on('error', (error) => console.error(error))
  await boss.start()
  const { emulator, options } = await startEmulator()
  // @ts-expect-error pg-boss, and not its connection: the types have arrived too.
  assert.throws(() => pgBossOutbox({ boss: pool }), CapiError)

  const shop = createCapi({ ...options, outbox: pgBossOutbox({ boss, role: 'producer' }) })
  for (const [event_id, end] of [
    ['lead.0', 'ROLLBACK'],
    ['lead.1', 'COMMIT'],
  ] as const) {
    const client = await pool.connect()
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

  const worker = createCapi({ ...options, outbox: pgBossOutbox({ boss }) })
  await assertOneEvent(emulator, 'Lead', 'lead.1')
  await worker.close()
  await boss.stop()
  await pool.end()
  await emulator.close()
})
