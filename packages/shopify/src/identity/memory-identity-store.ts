import { readOptions } from '@capi/core/adapter'
import type { Identity } from '../map/mapping-options.ts'
import { emitUnknown } from '../read/unknown-options.ts'
import {
  IDENTITY_OPTIONS,
  type IdentityOwner,
  type IdentityStore,
  type IdentityStoreOptions,
  latestIdentity,
  mergeIdentity,
  STORE_DEFAULTS,
  type Token,
  tokensOf,
} from './identity-store.ts'

interface Entry {
  readonly shop: string
  readonly identity: Identity
  readonly expiresMs: number
  readonly owner: IdentityOwner
}

/** For one process: what it holds is gone with it. */
export function memoryIdentityStore(input: IdentityStoreOptions = {}): IdentityStore {
  const reader = { name: 'memoryIdentityStore', table: IDENTITY_OPTIONS, warn: emitUnknown }
  const options = readOptions(input, reader)
  const { ttlMs, maxEntries, now } = { ...STORE_DEFAULTS, now: Date.now, ...given(options) }
  /** In the order they were last seen: the first is the next to go. */
  const entries = new Map<string, Entry>()

  const nameOf = (shop: string, { kind, token }: Token) => `${shop} ${kind} ${token}`

  const live = (name: string): Entry | undefined => {
    const entry = entries.get(name)
    if (entry === undefined || entry.expiresMs > now()) return entry
    entries.delete(name)
    return undefined
  }

  const makeRoom = () => {
    for (const [name, entry] of entries) {
      if (entries.size <= maxEntries && entry.expiresMs > now()) return
      entries.delete(name)
    }
  }

  const forget = (isMeant: (entry: Entry) => boolean) => {
    let count = 0
    for (const [name, entry] of entries) {
      if (isMeant(entry) && entries.delete(name)) count++
    }
    return count
  }

  return {
    put(key, identity) {
      for (const token of tokensOf(key)) {
        const name = nameOf(key.shop, token)
        const before = live(name)
        entries.delete(name)
        entries.set(name, {
          shop: key.shop,
          identity: mergeIdentity(before?.identity, identity),
          expiresMs: now() + ttlMs,
          owner: before?.owner ?? {},
        })
      }
      makeRoom()
    },
    find: (key) => latestIdentity(tokensOf(key).map((token) => live(nameOf(key.shop, token)))),
    link(key, owner) {
      for (const token of tokensOf(key)) {
        const name = nameOf(key.shop, token)
        const entry = live(name)
        if (entry) entries.set(name, { ...entry, owner: { ...entry.owner, ...given(owner) } })
      }
    },
    redact: (shop, owners) =>
      forget((entry) => entry.shop === shop && owners.some((one) => isSame(one, entry.owner))),
    forgetShop: (shop) => forget((entry) => entry.shop === shop),
  }
}

function isSame(one: IdentityOwner, other: IdentityOwner): boolean {
  return (
    (one.customerId !== undefined && one.customerId === other.customerId) ||
    (one.orderId !== undefined && one.orderId === other.orderId)
  )
}

/** Without the keys whose value is undefined: they must not hide a default. */
function given<T extends object>(options: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>
  }
}
