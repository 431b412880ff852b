import { type Capi, createCapi } from '@capi/core'
import { Pool } from 'pg'
import { postgresOutbox } from '../../src/index.ts'

export const PIXEL = '1234567890'

/** A client of its own process, on a given Postgres. */
export function openCapi(url: string, baseUrl: string, role: 'worker' | 'producer'): Capi {
  const db = new Pool({ connectionString: url })
  db.on('error', () => {})
  return createCapi({
    pixelId: PIXEL,
    accessToken: 'token',
    baseUrl,
    timeoutMs: 2_000,
    batch: { maxEvents: 20, maxWaitMs: 20 },
    retry: { baseDelayMs: 20, maxDelayMs: 200 },
    logger: { warn() {}, error() {} },
    outbox: postgresOutbox({ db, role, ensure: true, leaseMs: 10_000, pollMs: 100 }),
  })
}
