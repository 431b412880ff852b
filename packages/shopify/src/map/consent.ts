import { resemblesConsent } from '@capi/core/adapter'
import { readConsent } from '../read/consent.ts'
import { ask, skip } from '../read/guarded.ts'
import { record, records, text } from '../read/read.ts'
import type { ShopifyOrder } from '../read/shopify-payloads.ts'
import { CART_ATTRIBUTES } from './cart-attributes.ts'
import type { ConsentAnswer, MappingOptions } from './mapping-options.ts'

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
  const isAsked = 'consent' in options
  // A promise, a typo or a key without a function is no permission.
  if (isAsked && typeof options.consent !== 'function') return skip('option_failed')
  const answer: unknown = ask(() => options.consent?.(order))
  if (answer !== undefined) return readConsent(answer) ?? skip('option_failed')
  const known = [...consentAttributes(order), storedConsent(options)]
  // A shop that asks, and hears nothing from anywhere, has no yes.
  return CONSENTS.findLast((one) => known.includes(one)) ?? (isAsked ? 'denied' : 'granted')
}

/**
 * The shopper can write anything there, and a theme may write it twice or in capital letters: each counts. What is no
 * permission, and a blank one, are none.
 */
function consentAttributes({ note_attributes }: ShopifyOrder): readonly ConsentAnswer[] {
  return records(note_attributes)
    .filter(({ name }) => text(name)?.toLowerCase() === CART_ATTRIBUTES.consent)
    .map(({ value }) => readConsent(value) ?? 'denied')
}

function storedConsent({ identity }: MappingOptions): ConsentAnswer | undefined {
  if (identity === undefined || !('consent' in record(identity))) return undefined
  return readConsent(identity.consent) ?? 'denied'
}
