import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCapi } from '@capi/core'
import type { Outbox } from '@capi/core/outbox'
import { createEmulator } from '@capi/emulator'
import { postgresOutbox } from '@capi/postgres'
import { redisOutbox } from '@capi/redis'
import { sqliteOutbox } from '@capi/sqlite'
import { hasRedis, startRedis } from '@capi/testing'
import { newDatabase } from '@capi/testing/postgres'
import type {} from '@capi/testing/postgres-setup'
import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { runCapi } from './run-capi.ts'

const folder = mkdtempSync(join(tmpdir(), 'capi-store-'))
const PIXEL = '1234567890'
const capi = (args: readonly string[], env: Record<string, string> = {}) =>
  runCapi(args, { cwd: folder, env })

/** An outbox with one event that waits, and two that Meta refused. */
async function fill(outbox: Outbox, release: () => Promise<void> = async () => {}): Promise<void> {
  const emulator = createEmulator()
  emulator.fail({
    match: { event_name: 'Contact' },
    action: { type: 'error', status: 400, code: 100, error_subcode: 2804009 },
  })
  const client = createCapi({
    ...emulator.options,
    pixelId: PIXEL,
    outbox,
    logger: { warn() {}, error() {} },
  })
  const event = (id: string) => ({
    event_id: id,
    action_source: 'chat' as const,
    user_data: { em: 'anna@example.com' },
  })
  await client.track('Contact', {}, event('refused.1'))
  await client.track('Contact', {}, event('refused.2'))
  await client.flush({ timeoutMs: 30_000 })
  emulator.fail({ preset: 'outage' })
  await client.track('Lead', {}, event('waiting.1'))
  await client.close({ timeoutMs: 1 })
  await release()
}

interface Place {
  readonly env?: Record<string, string>
  readonly args?: readonly string[]
}

const runAt =
  ({ env = {}, args = [] }: Place) =>
  (...own: readonly string[]) =>
    capi([...own, ...args], env)

/** What each outbox shows, whatever it is made of: its counts, and a dead letter that waits again. */
async function expectHeld(place: Place): Promise<void> {
  const run = runAt(place)
  const before = await run('stats', '--json')
  expect(JSON.parse(before.stdout)).toMatchObject({
    pixels: { [PIXEL]: { queued: 1, dead: 2 } },
    queued: 1,
    dead: 2,
  })
  const replayed = await run('dead-letters', 'replay', '--event-id', 'refused.1', '--json')
  expect(JSON.parse(replayed.stdout)).toMatchObject({ replayed: { [PIXEL]: 1 } })
  const { stdout, code } = await run('stats')
  expect(stdout).toBe(`dataset     waiting  dead letters\n${PIXEL}        2             1\n`)
  expect(code).toBe(0)
}

it('reads a SQLite outbox that no process has, lists its dead letters, replays and purges them', async () => {
  const path = join(folder, 'outbox.db')
  await fill(sqliteOutbox({ path }))
  const place = { args: ['--store', 'sqlite:outbox.db'] }
  const run = runAt(place)
  await expectHeld(place)

  const listed = await run('dead-letters', 'list')
  expect(listed.stdout).toMatch(/^refused +dataset +event_name +event_id +reason +key\n/)
  expect(listed.stdout).toMatch(/1234567890 +Contact +refused\.2 +meta_100_2804009/)
  expect(listed.stdout).not.toMatch(/[0-9a-f]{64}/)
  expect((await run('dead-letters', 'replay')).code).toBe(2)

  const refused = await run('dead-letters', 'purge', '--all')
  expect(refused.stderr).toContain('--yes')
  expect(refused.code).toBe(2)
  expect((await run('dead-letters', 'purge', '--all', '--yes')).stdout).toBe('1 removed\n')
})

it('counts the files of several processes together', async () => {
  const path = join(folder, 'cluster.db')
  await fill(sqliteOutbox({ path }))
  await fill(sqliteOutbox({ path: `${path}.2` }))
  const { stdout } = await capi(['stats', '--json'], { CAPI_OUTBOX: 'sqlite:cluster.db' })
  expect(JSON.parse(stdout)).toMatchObject({
    queued: 2,
    dead: 4,
    stores: ['cluster.db', 'cluster.db.2'],
  })
})

it('reports a SQLite file that a running process holds as held, by whom, and leaves it alone', async () => {
  const path = join(folder, 'held.db')
  const outbox = sqliteOutbox({ path })
  await outbox.counts()
  const { code, stderr, stdout } = await capi(['stats', '--store', 'sqlite:held.db'])
  expect(stderr).toContain(`Process ${process.pid} holds held.db`)
  expect({ code, stdout }).toEqual({ code: 6, stdout: '' })
  await outbox.close()
})

it.each([
  ['no outbox', [], 4, /CAPI_OUTBOX/],
  ['another address', ['--store', 'mysql://db'], 2, /sqlite:<file>/],
  ['a file that is not there', ['--store', 'sqlite:missing.db'], 2, /no outbox at missing\.db/],
  [
    'a server that is not there',
    ['--store', 'postgres://user:secret@127.0.0.1:1/db'],
    6,
    /store_failed/,
  ],
])('ends with a clear error for %s, without a password', async (_, args, exit, words) => {
  const { code, stderr } = await capi(['stats', ...args])
  expect(stderr).toMatch(words)
  expect(stderr).not.toContain('secret')
  expect(code).toBe(exit)
})

describe('Postgres', () => {
  it('migrates, prints what it would, and shows the outbox', async () => {
    const database = await newDatabase(inject('postgresUrl'))
    const printed = await capi(['migrate', '--print', '--schema', 'shop'])
    expect(printed.stdout).toContain('"shop".version()')
    const migrated = await capi(['migrate', '--schema', 'shop', '--json'], {
      CAPI_OUTBOX: database.url,
    })
    expect(JSON.parse(migrated.stdout)).toMatchObject({ schema: 'shop', version: 1 })
    expect(migrated.stdout).not.toContain('password')
    const db = new pg.Pool({ connectionString: database.url })
    await fill(postgresOutbox({ db, schema: 'shop' }), () => db.end())
    await expectHeld({ env: { CAPI_OUTBOX: database.url }, args: ['--schema', 'shop'] })
    await database.drop()
  })
})

describe.skipIf(!hasRedis())('Redis', () => {
  it('shows the outbox', async () => {
    const server = await startRedis('appendonly yes')
    const url = `redis://${server.host}:${server.port}`
    await fill(redisOutbox({ connection: url, prefix: 'shop' }))
    await expectHeld({ args: ['--store', url, '--prefix', 'shop'] })
    await server.stop()
  })
})
