import { existsSync, readFileSync } from 'node:fs'
import { CapiError } from '@capi/core'
import type { Outbox } from '@capi/core/outbox'
import { CliError } from '../shell/cli-error.ts'
import type { Terminal } from '../shell/terminal.ts'
import type { StoreFlags } from './flags.ts'
import { loadPackage } from './load-package.ts'
import { type StoreAddress, shownAddress, storeAddress } from './store-address.ts'

/** An outbox that was opened to be looked into: it delivers nothing. */
export interface OpenStore {
  readonly outbox: Outbox
  /** For people: without a password. */
  readonly name: string
  close(): Promise<void>
}

/** Opens each outbox of an address, does something with it, and closes it: with `perProcess`, SQLite has several files. */
export async function withStores<T>(
  terminal: Terminal,
  flags: StoreFlags,
  use: (store: OpenStore) => Promise<T>,
): Promise<readonly T[]> {
  const results: T[] = []
  for (const address of siblings(storeAddress(flags.store, terminal.env))) {
    const store = await openStore(address, flags)
    try {
      results.push(await use(store))
    } catch (error) {
      throw isLocked(error) && address.kind === 'sqlite' ? heldError(address.path) : error
    } finally {
      await store.close()
    }
  }
  return results
}

/** `outbox.db`, and `outbox.db.2` and so on beside it, where there are such. @throws CliError where there is none */
function siblings(address: StoreAddress): readonly StoreAddress[] {
  if (address.kind !== 'sqlite') return [address]
  const { path } = address
  // Opening it would make one.
  if (!existsSync(path))
    throw new CliError('file_failed', `There is no outbox at ${path}. Check the path.`)
  const found = [path]
  while (existsSync(`${path}.${found.length + 1}`)) found.push(`${path}.${found.length + 1}`)
  return found.map((file) => ({ kind: 'sqlite', path: file }))
}

async function openStore(address: StoreAddress, flags: StoreFlags): Promise<OpenStore> {
  const name = shownAddress(address)
  switch (address.kind) {
    case 'sqlite': {
      const { sqliteOutbox } = await loadPackage('@capi/sqlite', () => import('@capi/sqlite'))
      return plainStore(name, sqliteOutbox({ path: address.path, lockTimeoutMs: 0 }))
    }
    case 'redis': {
      const { redisOutbox } = await loadPackage('@capi/redis', () => import('@capi/redis'))
      const { prefix } = flags
      const outbox = redisOutbox({
        connection: address.url,
        role: 'producer',
        prefix,
        onWarning: () => {},
      })
      return plainStore(name, outbox)
    }
    case 'postgres': {
      const { postgresOutbox } = await loadPackage('@capi/postgres', () => import('@capi/postgres'))
      const pool = await openPool(address.url)
      const outbox = postgresOutbox({ db: pool, role: 'producer', schema: flags.schema })
      const close = async () => {
        await outbox.close()
        await pool.end()
      }
      return { outbox, name, close }
    }
  }
}

function plainStore(name: string, outbox: Outbox): OpenStore {
  return {
    outbox,
    name,
    close: async () => {
      await outbox.close()
    },
  }
}

/** A pool of `pg`, which the application has. @throws CliError where it has none */
export async function openPool(url: string) {
  const { default: pg } = await loadPackage('pg', () => import('pg'))
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
  })
  return pool.on('error', () => {}) // Each statement reports its own.
}

function isLocked(error: unknown): boolean {
  return CapiError.is(error) && error.code === 'store_failed' && error.problem === 'locked'
}

/** A file that a process has shows nothing to others. */
function heldError(path: string): CliError {
  const who = holderOf(path)
  return new CliError(
    'unreachable',
    `${who} holds ${path}, and delivers its events: that is as it should be. SQLite shows others nothing of it. ` +
      'Ask that process (capi.stats(), capi.deadLetters), or stop it first.',
  )
}

/** As the outbox notes it beside the file. */
function holderOf(path: string): string {
  try {
    const { pid } = JSON.parse(readFileSync(`${path}-pid`, 'utf8')) as { readonly pid?: unknown }
    return typeof pid === 'number' ? `Process ${pid}` : 'A process'
  } catch {
    return 'A process'
  }
}
