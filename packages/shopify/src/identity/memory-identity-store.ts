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
  slackOf,
  type Token,
  tokensOf,
} from './identity-store.ts'

interface Entry {
  readonly shop: string
  readonly identity: Identity
  readonly expiresMs: number
  readonly owner: IdentityOwner
  readonly source: string
}

/**
 * For one process: what it holds is gone with it.
 * @example
 * shopifyCapi({ shopify, client: capi, identity: memoryIdentityStore() })
 */
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
      if (entry.expiresMs > now()) break
      entries.delete(name)
    }
    if (entries.size < maxEntries + slackOf(maxEntries)) return
    for (const name of surplus(entries, entries.size - maxEntries)) entries.delete(name)
  }

  const forget = (isMeant: (entry: Entry) => boolean) => {
    let count = 0
    for (const [name, entry] of entries) {
      if (isMeant(entry) && entries.delete(name)) count++
    }
    return count
  }

  return {
    put(key, identity, source = '') {
      for (const token of tokensOf(key)) {
        const name = nameOf(key.shop, token)
        const before = live(name)
        entries.delete(name)
        entries.set(name, {
          shop: key.shop,
          identity: mergeIdentity(before?.identity, identity),
          expiresMs: now() + ttlMs,
          owner: before?.owner ?? {},
          source,
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

/**
 * The entries to forget: of who holds most, and the longest unseen first.
 * @param entries in the order they were last seen.
 */
function surplus(entries: ReadonlyMap<string, Entry>, count: number): readonly string[] {
  const held = new Map<string, number>()
  for (const { source } of entries.values()) held.set(source, (held.get(source) ?? 0) + 1)
  /** By their place among those of their source, counted from the newest. */
  const places: string[][] = []
  for (const [name, { source }] of entries) {
    const place = held.get(source) ?? 0
    held.set(source, place - 1)
    places[place] ??= []
    places[place].push(name)
  }
  const found: string[] = []
  for (let place = places.length - 1; found.length < count && place > 0; place--)
    found.push(...(places[place] ?? []).slice(0, count - found.length))
  return found
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
