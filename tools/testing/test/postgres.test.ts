import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import {
  newDatabase,
  type PostgresProblem,
  type PostgresServer,
  startPostgres,
} from '../src/postgres.ts'
import { embeddedInstallation } from '../src/postgres-place.ts'
import { setup } from '../src/postgres-setup.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'capi-postgres-test-')) // of mode 0700
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true })
})

const serversFolders = () =>
  [...new Set([tmpdir(), '/tmp', '/var/tmp'])].flatMap((parent) =>
    readdirSync(parent).filter((name) => /^capi-postgres-(?!test)/.test(name)),
  )

async function answers(server: PostgresServer): Promise<unknown> {
  const client = new Client({ connectionString: server.url })
  await client.connect()
  const { rows } = await client.query('SELECT 1 AS one')
  await client.end()
  return rows
}

it('starts, and starts again on the same files, where TMPDIR is private', async () => {
  vi.stubEnv('TMPDIR', home)
  const server = await startPostgres()
  try {
    await (await newDatabase(server.url)).drop()
    await server.restart()
    expect(await answers(server)).toEqual([{ one: 1 }])
  } finally {
    await server.stop()
  }
  expect(readdirSync(home)).toEqual([])
})

it('starts from an installation in a private folder, which only its owner may read', async () => {
  const umask = process.umask(0o077)
  try {
    const installation = join(home, 'native')
    cpSync(embeddedInstallation(), installation, { recursive: true, verbatimSymlinks: true })
    const server = await startPostgres([], installation)
    try {
      expect(await answers(server)).toEqual([{ one: 1 }])
    } finally {
      await server.stop()
    }
  } finally {
    process.umask(umask)
  }
})

it('says which folder and what to do where it cannot start, and leaves nothing behind', async () => {
  const before = serversFolders()
  const installation = join(home, 'native')
  mkdirSync(join(installation, 'bin'), { recursive: true })
  const error: unknown = await startPostgres([], installation).catch((thrown: unknown) => thrown)
  expect(String(error)).toMatch(/did not start from .*native: .*initdb ENOENT/)
  for (const way of ['PG_URL=', 'chmod o+x', 'to another folder'])
    expect(String(error)).toContain(way)
  expect(serversFolders().filter((name) => !before.includes(name))).toEqual([])
})

it('fails the tests that want a database with the reason, not the run', async () => {
  vi.stubEnv('PG_URL', '')
  const provided: unknown[] = []
  const provide = (_name: string, value: unknown) => void provided.push(value)
  const broken = (flags: readonly string[] = []) => startPostgres(flags, join(home, 'native'))
  expect(await setup({ provide }, broken)).toBeUndefined()
  const [problem] = provided as PostgresProblem[]
  await expect(newDatabase(problem ?? 'none')).rejects.toThrow(/did not start from .*PG_URL=/s)
})
