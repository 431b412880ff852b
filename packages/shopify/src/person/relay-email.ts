/** Addresses that marketplaces make up for an order; Meta knows no person by them. Sources: orders of these channels, read 2026-11. */
const RELAYS = [
  'members.ebay.',
  'marketplace.amazon.',
  'relay.walmart.com',
  'scs.tiktok.com',
  'scs2.tiktok.com',
  'verkopen.bol.com',
  'notification.mirakl.net',
]

/** Whether a marketplace made it up. */
export function isRelayEmail(email: string): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
  return RELAYS.some((relay) => (relay.endsWith('.') ? domain.startsWith(relay) : domain === relay))
}
