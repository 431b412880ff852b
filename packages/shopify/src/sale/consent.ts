import { resemblesConsent } from '@capi/core/adapter'
import { CART_ATTRIBUTES, cartAttribute } from '../cart-attributes.ts'
import type { ConsentAnswer, MappingOptions } from '../mapping-options.ts'
import { readConsent } from '../read/consent.ts'
import { ask, skip } from '../read/guarded.ts'
import type { ShopifyOrder } from '../shopify-payloads.ts'

/** From the most to the least that may be done. */
const CONSENTS = ['granted', 'ldu', 'denied'] as const

/** What `data_processing_options` a consent asks for; 0 and 0: Meta locates the shopper. Source: Meta, Data Processing Options, read 2026-09. */
const DATA_PROCESSING = {
  granted: {},
  ldu: {
    data_processing_options: ['LDU'],
    data_processing_options_country: 0,
    data_processing_options_state: 0,
  },
} as const

/** @throws Skip `consent` where the shopper said no. */
export function dataProcessing(
  order: ShopifyOrder,
  options: MappingOptions,
): (typeof DATA_PROCESSING)['granted' | 'ldu'] {
  const consent = consentOf(order, options)
  return consent === 'denied' ? skip('consent') : DATA_PROCESSING[consent]
}

function consentOf(order: ShopifyOrder, options: MappingOptions): ConsentAnswer {
  // A misspelt name would let everybody's order through.
  if (Object.keys(options).some(resemblesConsent)) return skip('option_failed')
  const told = options.consent && ask(() => options.consent?.(order))
  // A promise or a typo is no permission.
  if (told !== undefined) return readConsent(told) ?? skip('option_failed')
  const [attribute, stored] = [consentAttribute(order), storedConsent(options)]
  return CONSENTS.findLast((consent) => consent === attribute || consent === stored) ?? 'granted'
}

/** The shopper can write anything there; what is no permission counts as none. */
function consentAttribute(order: ShopifyOrder): ConsentAnswer | undefined {
  const written = cartAttribute(order, [CART_ATTRIBUTES.consent])
  return written === undefined ? undefined : (readConsent(written) ?? 'denied')
}

function storedConsent({ identity }: MappingOptions): ConsentAnswer | undefined {
  const stored: unknown = identity?.consent ?? undefined
  return stored === undefined ? undefined : (readConsent(stored) ?? 'denied')
}
