import { type Database, newDatabase } from '@capi/testing/postgres'
import type {} from '@capi/testing/postgres-setup'
import { Client } from 'pg'
import { type ConstructorOptions, PgBoss } from 'pg-boss'
import { afterAll, beforeAll, inject } from 'vitest'

export interface TestBoss {
  readonly url: string
  readonly boss: PgBoss
  /** Another connection, for what the application does. */
  readonly client: Client
  /** A further pg-boss on the same database, as another process has one. */
  another(options?: Partial<ConstructorOptions>): Promise<PgBoss>
}

/** A database of this test file's own, with pg-boss started on it. */
export function testBoss(options: Partial<ConstructorOptions> = {}): TestBoss {
  let database: Database | undefined
  const bosses: PgBoss[] = []
  async function start(more: Partial<ConstructorOptions> = {}): Promise<PgBoss> {
    // Nothing by itself: a test says when pg-boss looks after its queues.
    const quiet = { supervise: false, schedule: false }
    const boss = new PgBoss({ connectionString: made(database).url, ...quiet, ...options, ...more })
    boss.on('error', () => {})
    bosses.push(boss)
    await boss.start()
    return boss
  }
  const own: { boss?: PgBoss; client?: Client } = {}
  beforeAll(async () => {
    database = await newDatabase(inject('postgresUrl'))
    own.boss = await start()
    own.client = new Client({ connectionString: database.url })
    await own.client.connect()
  })
  afterAll(async () => {
    await own.client?.end()
    for (const boss of bosses) await boss.stop({ graceful: false }).catch(() => {})
    await database?.drop()
  })
  function made<T>(thing: T | undefined): T {
    if (thing === undefined) throw new Error('only within a test')
    return thing
  }
  return {
    get url() {
      return made(database).url
    },
    get boss() {
      return made(own.boss)
    },
    get client() {
      return made(own.client)
    },
    another: start,
  }
}
