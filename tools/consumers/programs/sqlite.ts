import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCapi } from '@capi/core'
import { sqliteOutbox } from '@capi/sqlite'
import { assertOneEvent, EMAIL, runProgram, startEmulator } from './one-event.js'

runProgram(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'capi-consumer-sqlite-'))
  const path = join(folder, 'outbox.db')
  const { emulator, options } = await startEmulator()
  try {
    const offline = createCapi({
      ...options,
      outbox: sqliteOutbox({ path }),
      fetch: () => Promise.reject(new TypeError('no network')),
    })
    const { outcome } = await offline.track(
      'Lead',
      {},
      { event_id: 'lead.1', action_source: 'other', user_data: { em: EMAIL } },
    )
    assert.equal(outcome, 'accepted')
    await offline.close({ timeoutMs: 0 })
    assert.equal(emulator.events().length, 0)

    const reopened = createCapi({ ...options, outbox: sqliteOutbox({ path }) })
    await reopened.flush()
    await reopened.close()
    await assertOneEvent(emulator, 'Lead', 'lead.1')
  } finally {
    await emulator.close()
    await rm(folder, { recursive: true })
  }
})
