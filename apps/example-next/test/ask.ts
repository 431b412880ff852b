import { inject } from 'vitest'

/** What a browser sends when a person navigates to a page. */
export const PAGE = { accept: 'text/html', 'sec-fetch-dest': 'document', 'user-agent': 'UA/1' }
/** What Next's own script sends to change a page: it removes its own headers before a proxy sees them. */
export const RSC = { accept: '*/*', 'sec-fetch-dest': 'empty', 'user-agent': 'UA/1', rsc: '1' }

export function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(inject('shopUrl') + path, { redirect: 'manual', headers: PAGE, ...init })
}

export interface Stored {
  readonly source: 'server' | 'browser'
  readonly event_name: string
  readonly event_id: string
  readonly payload: {
    readonly event_source_url?: string
    readonly user_data?: Readonly<Record<string, unknown>>
  }
}

/** What is at the emulator of all tests. */
export async function events(url: string = inject('emulatorUrl')): Promise<readonly Stored[]> {
  const response = await fetch(`${url}/__capi/events`)
  return ((await response.json()) as { readonly events: readonly Stored[] }).events
}

/** The events of these, once the first has arrived. */
export async function arrived(
  isMeant: (event: Stored) => boolean,
  url?: string,
): Promise<readonly Stored[]> {
  const deadlineMs = performance.now() + 15_000
  for (;;) {
    const found = (await events(url)).filter(isMeant)
    if (found.length > 0 || performance.now() > deadlineMs) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
