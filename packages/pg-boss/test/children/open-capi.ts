import { type Capi, createCapi } from '@capi/core'
import { PgBoss } from 'pg-boss'
import { pgBossOutbox } from '../../src/index.ts'

export const PIXEL = '1234567890'

/** A client of its own process, on a given Postgres. */
export async function openCapi(
  url: string,
  baseUrl: string,
  role: 'worker' | 'producer',
): Promise<Capi> {
  const boss = new PgBoss({
    connectionString: url,
    supervise: false,
    schedule: false,
    migrate: false,
  })
  boss.on('error', () => {})
  await boss.start()
  return createCapi({
    pixelId: PIXEL,
    accessToken: 'token',
    baseUrl,
    timeoutMs: 2_000,
    batch: { maxEvents: 20, maxWaitMs: 20 },
    retry: { baseDelayMs: 20, maxDelayMs: 200 },
    logger: { warn() {}, error() {} },
    outbox: pgBossOutbox({ boss, role, leaseSec: 10, pollMs: 100, timeoutMs: 2_000 }),
  })
}
