import { resemblesOne } from './resembles.ts'

/**
 * The events Meta knows by name. Any other name is a custom event.
 * Source: Meta Pixel Reference, standard events, read 2026-09.
 */
const STANDARD_EVENT_NAMES = [
  'AddPaymentInfo',
  'AddToCart',
  'AddToWishlist',
  'CompleteRegistration',
  'Contact',
  'CustomizeProduct',
  'Donate',
  'FindLocation',
  'InitiateCheckout',
  'Lead',
  'PageView',
  'Purchase',
  'Schedule',
  'Search',
  'StartTrial',
  'SubmitApplication',
  'Subscribe',
  'ViewContent',
] as const

/** An event Meta knows by name; the Pixel's standard events. */
export type StandardEventName = (typeof STANDARD_EVENT_NAMES)[number]

/** A standard event, offered by the editor, or a custom event of your own. */
export type EventName = StandardEventName | (string & {})

const STANDARD: ReadonlySet<string> = new Set(STANDARD_EVENT_NAMES)
const BY_LOWER_CASE: ReadonlySet<string> = new Set(
  STANDARD_EVENT_NAMES.map((name) => name.toLowerCase()),
)

/**
 * Whether Meta knows the event by this name.
 * @internal
 */
export function isStandard(name: string): boolean {
  return STANDARD.has(name)
}

/** The warning for a name that is sent unchanged. */
export function warningForName(
  name: string,
): 'event_name_case' | 'event_name_resembles' | undefined {
  if (STANDARD.has(name)) return undefined
  if (BY_LOWER_CASE.has(name.toLowerCase())) return 'event_name_case'
  return resemblesOne(name, BY_LOWER_CASE) ? 'event_name_resembles' : undefined
}
