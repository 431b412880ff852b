import { outboxBattery } from '@capi/core/outbox-test'
import { describe, expect, it } from 'vitest'
import { pgBossOutbox } from '../src/index.ts'
import { testBoss } from './test-boss.ts'

const LEASE_SEC = 30
const world = testBoss()

/** For pg-boss the clock of Postgres is what counts: everything in its tables gets older by so much. */
async function pass(ms: number): Promise<void> {
  await world.client.query(
    `UPDATE pgboss.job SET start_after = start_after - $1 * interval '1 ms',
      started_on = started_on - $1 * interval '1 ms', heartbeat_on = heartbeat_on - $1 * interval '1 ms'`,
    [ms],
  )
}

outboxBattery(
  {
    name: 'pgBossOutbox',
    isDurable: true,
    open: (bounds) =>
      pgBossOutbox({
        boss: world.boss,
        leaseSec: LEASE_SEC,
        pollMs: 20,
        ...(bounds?.maxEvents !== undefined && { maxEvents: bounds.maxEvents }),
      }),
    shared: {
      hasOwnLeases: true,
      pass,
      async crash() {
        await pass((LEASE_SEC + 1) * 1_000)
      },
    },
    async reset() {
      await world.client.query('DELETE FROM pgboss.job')
    },
  },
  { describe, it, expect },
)
