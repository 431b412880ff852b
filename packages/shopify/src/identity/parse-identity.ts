import { parseFbc, parseFbp } from '@capi/core'
import type { Identity } from '../map/mapping-options.ts'
import { readConsent } from '../read/consent.ts'
import type { IdentityKey } from './identity-store.ts'
import { cleanToken } from './token.ts'

export interface Seen {
  readonly tokens: Omit<IdentityKey, 'shop'>
  readonly identity: Identity
}

type Fields = Readonly<Record<string, unknown>>

const MAX_USER_AGENT = 512

/**
 * Reads what a storefront sent: anybody can send anything. What has not the form it should have is left out; undefined
 * when no token or nothing to keep remains.
 */
export function parseIdentity(text: string, userAgent: string | undefined): Seen | undefined {
  const sent = parseFields(text)
  const cartToken = cleanToken(sent['cart_token'])
  const checkoutToken = cleanToken(sent['checkout_token'])
  if ((cartToken ?? checkoutToken) === undefined) return undefined
  const identity = readIdentity(sent, userAgent)
  return identity && { tokens: { cartToken, checkoutToken }, identity }
}

function readIdentity(sent: Fields, userAgent: string | undefined): Identity | undefined {
  // What cannot be read, and a key without a value, is no permission.
  const consent = 'consent' in sent ? (readConsent(sent['consent']) ?? 'denied') : undefined
  if (consent === 'denied') return { consent }
  const fbp = checked(sent['fbp'], (value) => parseFbp(value) !== undefined)
  const fbc = checked(sent['fbc'], (value) => parseFbc(value) !== undefined)
  const page = pageAddress(sent['page'])
  if (fbp === undefined && fbc === undefined && consent === undefined) return undefined
  const agent = checked(userAgent, (value) => /^[\x20-\x7e]+$/.test(value))
  return {
    ...(fbp !== undefined && { fbp }),
    ...(fbc !== undefined && { fbc }),
    ...(consent !== undefined && { consent }),
    ...(agent !== undefined && { client_user_agent: agent }),
    ...(page !== undefined && { event_source_url: page }),
  }
}

function checked(value: unknown, isGood: (value: string) => boolean): string | undefined {
  return typeof value === 'string' && value.length <= MAX_USER_AGENT + 100 && isGood(value)
    ? value
    : undefined
}

/** Origin alone: a checkout's path holds its token. */
function pageAddress(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 2_000 || !URL.canParse(value)) return undefined
  const { protocol, origin } = new URL(value)
  return protocol === 'https:' ? `${origin}/` : undefined
}

function parseFields(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Fields) : {}
  } catch {
    return {}
  }
}
