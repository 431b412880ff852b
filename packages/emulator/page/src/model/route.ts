export const TABS = [
  { id: 'calls', title: 'Calls' },
  { id: 'events', title: 'Events' },
  { id: 'pairs', title: 'Pairs' },
  { id: 'quality', title: 'Quality' },
  { id: 'diagnostics', title: 'Diagnostics' },
  { id: 'helper', title: 'Payload Helper' },
  { id: 'faults', title: 'Faults' },
] as const

export type TabId = (typeof TABS)[number]['id']

/** What the address says: a tab and what is chosen in it. */
export interface Route {
  readonly tab: TabId
  readonly params: Readonly<Record<string, string>>
}

/** `#/events?q=name%3APurchase&event=12` or `#/pairs?event_id=order-1001`, which an application can link to; what cannot be read is the list of events. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s)
  const tab = TABS.find(({ id }) => id === path)?.id ?? 'events'
  return { tab, params: Object.fromEntries(new URLSearchParams(query)) }
}

/** Empty values are left out. */
export function formatRoute({ tab, params }: Route): string {
  const kept = Object.entries(params).filter(([, value]) => value !== '')
  const query = new URLSearchParams(kept).toString()
  return `#/${tab}${query && `?${query}`}`
}
