/**
 * The events Meta knows by name. Any other name is a custom event.
 * Source: Meta Pixel Reference, standard events, read 2026-09.
 */
export type StandardEventName =
  | 'AddPaymentInfo'
  | 'AddToCart'
  | 'AddToWishlist'
  | 'CompleteRegistration'
  | 'Contact'
  | 'CustomizeProduct'
  | 'Donate'
  | 'FindLocation'
  | 'InitiateCheckout'
  | 'Lead'
  | 'PageView'
  | 'Purchase'
  | 'Schedule'
  | 'Search'
  | 'StartTrial'
  | 'SubmitApplication'
  | 'Subscribe'
  | 'ViewContent'

/** A standard event, offered by the editor, or a custom event of your own. */
export type EventName = StandardEventName | (string & {})
