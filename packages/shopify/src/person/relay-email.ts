/** Addresses that marketplaces make up for an order; Meta knows no person by them. Source: orders of these channels in public repositories, read 2026-11-28. */
const RELAYS = [
  'members.ebay.',
  'marketplace.amazon.',
  'relay.walmart.com',
  'scs2.tiktok.com',
  'scs.tiktokw.us',
  'verkopen.bol.com',
  'notification.mirakl.net',
  'us.notification.mirakl.net',
]

/** Whether a marketplace made it up. */
export function isRelayEmail(email: string): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
  return RELAYS.some((relay) => (relay.endsWith('.') ? domain.startsWith(relay) : domain === relay))
}
