import { ask, skip } from '../read/guarded.ts'
import { text } from '../read/read.ts'
import type { ShopifyOrder } from '../read/shopify-payloads.ts'
import type { MappingOptions, OrderActionSource } from './mapping-options.ts'
import { isRenewal } from './renewal.ts'

interface Place {
  readonly actionSource: OrderActionSource
  /** Whether `client_details` are the shopper's, and not those of staff, a till, a subscription or a server. */
  readonly isShoppersBrowser: boolean
}

interface Row {
  readonly applies: (order: ShopifyOrder, hasAgent: boolean) => boolean
  readonly place: Place
}

const SHOPPER_SOURCES: ReadonlySet<unknown> = new Set(['web', 'iphone', 'android'])

/** The first row that applies. `location_id` is no sign of a till: draft orders have one. */
const ROWS: readonly Row[] = [
  { applies: isRenewal, place: { actionSource: 'system_generated', isShoppersBrowser: false } },
  {
    applies: (order) => order.source_name === 'pos',
    place: { actionSource: 'physical_store', isShoppersBrowser: false },
  },
  {
    // Typed in by staff, with the address and agent of their browser.
    applies: isByStaff,
    place: { actionSource: 'other', isShoppersBrowser: false },
  },
  {
    // An API client or a marketplace: the number of its app, and no browser.
    applies: (order, hasAgent) => !SHOPPER_SOURCES.has(order.source_name) && !hasAgent,
    place: { actionSource: 'other', isShoppersBrowser: false },
  },
]
const SHOPPER: Place = { actionSource: 'website', isShoppersBrowser: true }
/** Meta requires agent and address of `website` events. Source: Meta, Server Event Parameters, read 2026-09. */
const SHOPPER_UNSEEN: Place = { actionSource: 'other', isShoppersBrowser: true }

const SOURCES: readonly OrderActionSource[] = [
  'website',
  'physical_store',
  'email',
  'phone_call',
  'chat',
  'system_generated',
  'other',
]

/** Where an order happened. */
export function placeOf(
  order: ShopifyOrder,
  page: string | undefined,
  options: MappingOptions,
): Place {
  const agent = text(order.client_details?.user_agent) ?? text(options.identity?.client_user_agent)
  const place =
    ROWS.find(({ applies }) => applies(order, agent !== undefined))?.place ??
    (agent !== undefined && page !== undefined ? SHOPPER : SHOPPER_UNSEEN)
  const override =
    options.actionSource && ask(() => options.actionSource?.(order, place.actionSource))
  if (override === undefined) return place
  return SOURCES.includes(override) ? { ...place, actionSource: override } : skip('option_failed')
}

/** Whether staff or a till made it, and not the shopper. */
export function isByStaff(order: ShopifyOrder): boolean {
  const { source_name } = order
  return source_name === 'pos' || source_name === 'shopify_draft_order' || isStaff(order)
}

function isStaff(order: ShopifyOrder): boolean {
  return order.user_id !== undefined && order.user_id !== null
}
