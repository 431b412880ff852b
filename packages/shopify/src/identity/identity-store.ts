import type { OptionTable } from '@capi/core/adapter'
import type { Identity } from '../map/mapping-options.ts'

/** By what an order or a checkout names the cart it came from. */
export interface IdentityKey {
  /** The shop's `myshopify.com` domain. */
  readonly shop: string
  /** The cart's. */
  readonly cartToken?: string | undefined
  /** The checkout's. */
  readonly checkoutToken?: string | undefined
}

/** Whose it turned out to be: `customers/redact` names a person by these. */
export interface IdentityOwner {
  /** Shopify's number of the customer. */
  readonly customerId?: string | undefined
  /** Shopify's number of the order. */
  readonly orderId?: string | undefined
}

/**
 * Where identities wait for their order. Every implementation keeps to a bound and forgets by itself;
 * a store may answer at once or with a promise, and its failure costs the identity, never the event.
 */
export interface IdentityStore {
  /**
   * Under each token given. New fields join those known; after `denied` nothing else is kept.
   * @param source who sent it, as a text that says nothing of the person. When the store is full, the source that holds most
   * loses its longest unseen entry first, so that a stranger cannot push out shoppers.
   */
  put(key: IdentityKey, identity: Identity, source?: string): void | Promise<void>
  /** What is known under both tokens; what was heard last counts. */
  find(key: IdentityKey): Identity | undefined | Promise<Identity | undefined>
  /** Remembers whose it is, so that `redact` finds it. */
  link(key: IdentityKey, owner: IdentityOwner): void | Promise<void>
  /** Forgets a person. @returns how many entries went. */
  redact(shop: string, owners: readonly IdentityOwner[]): number | Promise<number>
  /** Forgets all of a shop. @returns how many entries went. */
  forgetShop(shop: string): number | Promise<number>
}

/** How much is remembered, and how long. */
export interface IdentityStoreOptions {
  /** How long an entry is kept after it was last seen; default 14 days, as long as Shopify keeps a cart. */
  readonly ttlMs?: number | undefined
  /**
   * Maximum number of entries, which may be passed by 1 %; default 50,000. Those of the source that holds most go first, the
   * longest unseen of them before the others.
   */
  readonly maxEntries?: number | undefined
  /** Default `Date.now`. */
  readonly now?: (() => number) | undefined
}

export const IDENTITY_OPTIONS = {
  ttlMs: 'any',
  maxEntries: 'any',
  now: 'any',
} as const satisfies OptionTable<IdentityStoreOptions>

export const STORE_DEFAULTS = { ttlMs: 14 * 86_400_000, maxEntries: 50_000 } as const

/** By how many entries the bound may be passed: looking for those to forget is expensive. */
export function slackOf(maxEntries: number): number {
  return Math.max(1, Math.floor(maxEntries / 100))
}

/** The tokens of a key, the one that knows most of the purchase last. */
export function tokensOf(key: IdentityKey): readonly Token[] {
  const { cartToken, checkoutToken } = key
  return [
    ...(cartToken === undefined ? [] : [{ kind: 'cart', token: cartToken } as const]),
    ...(checkoutToken === undefined ? [] : [{ kind: 'checkout', token: checkoutToken } as const]),
  ]
}

export interface Token {
  readonly kind: 'cart' | 'checkout'
  readonly token: string
}

/** Later words win; a refusal leaves nothing but itself. */
export function mergeIdentity(before: Identity | undefined, after: Identity): Identity {
  return after.consent === 'denied' ? { consent: 'denied' } : { ...before, ...after }
}

/** One identity of a cart's and a checkout's: what was heard last counts, of both at once the checkout's. */
export function latestIdentity(
  entries: readonly ({ readonly identity: Identity; readonly expiresMs: number } | undefined)[],
): Identity | undefined {
  return entries
    .filter((entry) => entry !== undefined)
    .sort((one, other) => one.expiresMs - other.expiresMs)
    .reduce<Identity | undefined>(
      (before, { identity }) => mergeIdentity(before, identity),
      undefined,
    )
}
