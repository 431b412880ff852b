import {
  type Fault,
  type Fields,
  isFields,
  pathTo,
  type RuleContext,
  requiredFault,
} from './rule.ts'

/** `contents` is a list of objects. Source: refusals 2804008 in public issues, read 2026-09. */
export function checkContents(event: Fields, { index }: RuleContext): Fault | undefined {
  const contents = customData(event)['contents']
  if (contents === undefined || contents === null) return undefined
  if (Array.isArray(contents) && contents.every(isFields)) return undefined
  const path = pathTo(index, 'custom_data', 'contents')
  return { detail: `The parameter ${path} must be an array of objects.`, path }
}

export function checkPurchaseValue(event: Fields, context: RuleContext): Fault | undefined {
  return checkPurchase('value', event, context)
}

export function checkPurchaseCurrency(event: Fields, context: RuleContext): Fault | undefined {
  return checkPurchase('currency', event, context)
}

/** Zero is a legal value. Source: Meta, Custom Data Parameters, read 2026-09. */
function checkPurchase(
  key: 'value' | 'currency',
  event: Fields,
  { index }: RuleContext,
): Fault | undefined {
  if (event['event_name'] !== 'Purchase') return undefined
  const value = customData(event)[key]
  const isMissing = value === undefined || value === null || value === ''
  return isMissing ? requiredFault(pathTo(index, 'custom_data', key)) : undefined
}

function customData(event: Fields): Fields {
  const value = event['custom_data']
  return isFields(value) ? value : {}
}
