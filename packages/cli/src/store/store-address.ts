import { CliError } from '../shell/cli-error.ts'
import type { Environment } from '../shell/terminal.ts'

/** Where an outbox is. */
export type StoreAddress =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres' | 'redis'; readonly url: string }

const KINDS: readonly (readonly [RegExp, (address: string) => StoreAddress])[] = [
  [/^sqlite:/i, (address) => ({ kind: 'sqlite', path: address.replace(/^sqlite:(?:\/\/)?/i, '') })],
  [/^postgres(?:ql)?:\/\//i, (url) => ({ kind: 'postgres', url })],
  [/^rediss?:\/\//i, (url) => ({ kind: 'redis', url })],
  [/^[^:]+\.(?:db|sqlite|sqlite3)$/i, (path) => ({ kind: 'sqlite', path })],
]

/**
 * Of the flag, or of the variable CAPI_OUTBOX, which keeps a password out of the shell's history.
 * @throws CliError
 */
export function storeAddress(flag: string | undefined, env: Environment): StoreAddress {
  const address = flag ?? env['CAPI_OUTBOX']?.trim() ?? ''
  if (address === '') {
    const forms = 'sqlite:var/capi-outbox.db, postgres://… or redis://…'
    throw new CliError(
      'setting_missing',
      `No outbox is named. Pass --store, or set CAPI_OUTBOX: ${forms}`,
    )
  }
  const make = KINDS.find(([form]) => form.test(address))?.[1]
  const found = make?.(address)
  if (found === undefined || (found.kind === 'sqlite' && found.path === ''))
    throw new CliError('usage_invalid', 'An outbox is sqlite:<file>, postgres://… or redis://….')
  return found
}

/** For people: without user and password. */
export function shownAddress(address: StoreAddress): string {
  if (address.kind === 'sqlite') return address.path
  if (!URL.canParse(address.url)) return address.kind
  const { protocol, host, pathname } = new URL(address.url)
  return `${protocol}//${host}${pathname}`
}
