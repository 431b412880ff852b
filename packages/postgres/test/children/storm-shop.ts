// A shop of the storm, on the settings of the README.
import { createCapi } from '@capi/core'
import { stormShop } from '@capi/testing'
import { Pool } from 'pg'
import { postgresOutbox } from '../../src/index.ts'

await stormShop((options, connectionString) => {
  const db = new Pool({ connectionString, query_timeout: 10_000, connectionTimeoutMillis: 5_000 })
  db.on('error', () => {})
  return createCapi({ ...options, outbox: postgresOutbox({ db, ensure: true, leaseMs: 5_000 }) })
})
