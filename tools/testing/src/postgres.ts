import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { Client } from 'pg'
import { embeddedInstallation, makePlace, type PostgresPlace } from './postgres-place.ts'
import { initialise, type PostgresProcess, spawnPostgres } from './postgres-process.ts'

export interface PostgresServer {
  /** Of its first database. */
  readonly url: string
  readonly port: number
  /** Ends it at once, in the middle of whatever it does, and starts it again on the same files. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** A Postgres that did not start; its message says what to do. */
export interface PostgresProblem {
  readonly problem: string
}

/**
 * A Postgres of its own on a free port, with its files in a folder that goes with it.
 * @param installation holds its `bin`, `lib` and `share`; default the one that is installed with this package
 * @throws an Error that names the folder and what to do
 */
export async function startPostgres(
  flags: readonly string[] = [],
  installation: string = embeddedInstallation(),
): Promise<PostgresServer> {
  let place: PostgresPlace | undefined
  try {
    place = await makePlace(installation)
    await initialise(place)
    return await serve(place, flags)
  } catch (error) {
    if (place) await rm(place.folder, { recursive: true, force: true })
    throw new Error(notStarted(installation, error), { cause: error })
  }
}

async function serve(place: PostgresPlace, flags: readonly string[]): Promise<PostgresServer> {
  const port = await freePort()
  let running: PostgresProcess = await spawnPostgres(place, port, flags)
  // A run that is cut short leaves neither a process nor files.
  const onExit = () => {
    running.child.kill('SIGQUIT')
    rmSync(place.folder, { recursive: true, force: true, maxRetries: 3 })
  }
  process.on('exit', onExit)
  return {
    url: `postgres://postgres:password@127.0.0.1:${port}/postgres`,
    port,
    async restart() {
      await running.end('SIGQUIT')
      running = await spawnPostgres(place, port, flags)
    },
    async stop() {
      await running.end('SIGINT')
      process.off('exit', onExit)
      await rm(place.folder, { recursive: true, force: true })
    },
  }
}

function notStarted(folder: string, error: unknown): string {
  return [
    `Postgres did not start from ${folder}: ${error instanceof Error ? error.message : String(error)}`,
    'Only tests that need it fail. Do one of these:',
    '- PG_URL=postgres://… names a Postgres that runs, in which databases may be made;',
    `- chmod o+x ${folder} and each folder above it: as root, another account runs Postgres, and must enter them;`,
    '- move the repository, or TMPDIR, to another folder that all accounts may enter and that programs may run in.',
  ].join('\n')
}

export interface Database {
  readonly url: string
  drop(): Promise<void>
}

/** A new, empty database on a server. @throws the problem of a server that did not start */
export async function newDatabase(server: string | PostgresProblem): Promise<Database> {
  if (typeof server !== 'string') throw new Error(server.problem)
  const name = `capi_${randomBytes(6).toString('hex')}`
  await run(server, `CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => run(server, `DROP DATABASE ${name} WITH (FORCE)`) }
}

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
