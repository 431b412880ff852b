export interface Stored {
  readonly source: 'server' | 'browser'
  readonly event_name: string
  readonly event_id: string
  readonly payload: {
    readonly event_source_url?: string
    readonly user_data?: Readonly<Record<string, unknown>>
  }
}

/** What is at an emulator. */
export async function events(url: string): Promise<readonly Stored[]> {
  const response = await fetch(`${url}/__capi/events`)
  return ((await response.json()) as { readonly events: readonly Stored[] }).events
}

/** The events of these, once the first has arrived. */
export async function arrived(
  isMeant: (event: Stored) => boolean,
  url: string,
): Promise<readonly Stored[]> {
  const deadlineMs = performance.now() + 15_000
  for (;;) {
    const found = (await events(url)).filter(isMeant)
    if (found.length > 0 || performance.now() > deadlineMs) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
