import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PostgresPlace } from './postgres-place.ts'

export interface PostgresProcess {
  readonly child: ChildProcess
  /** Sends the signal and waits until it has ended. */
  end(signal: NodeJS.Signals): Promise<void>
}

const READY = 'database system is ready to accept connections'

/** Writes the files of an empty server, whose user and password are `postgres` and `password`. */
export async function initialise(place: PostgresPlace): Promise<void> {
  const passwordFile = join(place.folder, 'password')
  await writeFile(passwordFile, 'password\n')
  if (place.account) await chown(passwordFile, place.account.uid, place.account.gid)
  const child = start(place, 'initdb', [
    `--pgdata=${join(place.folder, 'data')}`,
    '--auth=password',
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ])
  const output = outputOf(child)
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`initdb ended with ${code}.\n${output()}`)
}

/** Starts the server; resolves once it takes connections. */
export async function spawnPostgres(
  place: PostgresPlace,
  port: number,
  flags: readonly string[],
): Promise<PostgresProcess> {
  const child = start(place, 'postgres', [
    `-D${join(place.folder, 'data')}`,
    `-p${port}`,
    '--listen_addresses=127.0.0.1',
    '--unix_socket_directories=',
    ...flags,
  ])
  const output = outputOf(child)
  const closed = once(child, 'close')
  closed.catch(() => {}) // Of a program that may not run; the loop below rejects with it.
  while (!output().includes(READY))
    await Promise.race([
      once(child, 'output'),
      closed.then(([code]) => {
        throw new Error(`postgres ended with ${code}.\n${output()}`)
      }),
    ])
  return {
    child,
    async end(signal) {
      child.kill(signal)
      await closed
    },
  }
}

function start(place: PostgresPlace, program: string, args: readonly string[]): ChildProcess {
  return spawn(join(place.installation, 'bin', program), args, {
    ...place.account,
    cwd: place.folder, // That account may not enter this process's folder.
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** What it has printed, all of it; emits `output` for each piece. */
function outputOf(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (piece: string) => {
      text += piece
      child.emit('output')
    })
  return () => text
}
