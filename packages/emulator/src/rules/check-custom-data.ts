import {
  type Fault,
  type Fields,
  isFields,
  isMissing,
  partOf,
  pathTo,
  type RuleContext,
  requiredFault,
} from './rule.ts'

/** Source: refusals 2804019 that name contents, in public issues (GTM template 20), read 2026-09. */
export function checkContentsList(event: Fields, context: RuleContext): Fault | undefined {
  return checkList('contents', event, context)
}

/** Source: Meta, Custom Data Parameters > content_ids, read 2026-09. */
export function checkContentIds(event: Fields, context: RuleContext): Fault | undefined {
  return checkList('content_ids', event, context)
}

/** Source: refusals 2804008 in public issues, read 2026-09. */
export function checkContents(event: Fields, { index }: RuleContext): Fault | undefined {
  if (contentsOf(event).every(isFields)) return undefined
  const path = pathTo(index, 'custom_data', 'contents')
  return { detail: `The parameter ${path} must be an array of objects.`, path }
}

/**
 * An id, of whatever type: whether a number is refused is not known, nor is a missing quantity.
 * Source: Meta, Custom Data Parameters > contents, read 2026-09.
 */
export function checkContentKeys(event: Fields, { index }: RuleContext): Fault | undefined {
  const position = contentsOf(event).findIndex((one) => isFields(one) && isMissing(one['id']))
  if (position === -1) return undefined
  return requiredFault(`${pathTo(index, 'custom_data', 'contents')}[${position}]['id']`)
}

/**
 * A number or its text; text that is none is taken and shown in Meta's diagnostics. Zero is legal.
 * Source: Meta, Custom Data Parameters, read 2026-09.
 */
export function checkPurchaseValue(event: Fields, context: RuleContext): Fault | undefined {
  return checkPurchase('value', ['number', 'string'], event, context)
}

/** Any text: what Meta does with an unknown code is not documented. */
export function checkPurchaseCurrency(event: Fields, context: RuleContext): Fault | undefined {
  return checkPurchase('currency', ['string'], event, context)
}

/** A Purchase has a refusal of its own. Source: Meta, Custom Data Parameters > currency, read 2026-09. */
export function checkValueCurrency(event: Fields, { index }: RuleContext): Fault | undefined {
  const { value, currency } = partOf(event, 'custom_data')
  // In a conversation the currency of an order is asked for by another rule, and of nothing else.
  if (event['action_source'] === 'business_messaging') return undefined
  return isMissing(value) || !isMissing(currency)
    ? undefined
    : requiredFault(pathTo(index, 'custom_data', 'currency'))
}

function checkPurchase(
  key: 'value' | 'currency',
  types: readonly string[],
  event: Fields,
  { index }: RuleContext,
): Fault | undefined {
  if (event['event_name'] !== 'Purchase') return undefined
  const value = partOf(event, 'custom_data')[key]
  if (!isMissing(value) && types.includes(typeof value)) return undefined
  return requiredFault(pathTo(index, 'custom_data', key))
}

function checkList(key: string, event: Fields, { index }: RuleContext): Fault | undefined {
  const list = partOf(event, 'custom_data')[key]
  if (list === undefined || list === null || Array.isArray(list)) return undefined
  const path = pathTo(index, 'custom_data', key)
  return { detail: `The parameter ${path} must be an array.`, path }
}

function contentsOf(event: Fields): readonly unknown[] {
  const contents = partOf(event, 'custom_data')['contents']
  return Array.isArray(contents) ? contents : []
}
