/** What an adapter's tests look at. */
export interface AdapterWorld<Client, Emulator> {
  readonly emulator: Emulator
  readonly client: Client
  /** What the client logged, and what was dropped. */
  readonly log: readonly string[]
  readonly logger: { warn(line: string): void; error(line: string): void }
  /** What arrived, after all that waits was sent. */
  readonly sent: () => Promise<readonly Readonly<Record<string, unknown>>[]>
}

/** What is used of `@capi/emulator`: this package depends on none of ours. */
interface StandIn {
  readonly fetch: typeof globalThis.fetch
  events(): readonly { readonly payload: Readonly<Record<string, unknown>> }[]
}

/** A client whose events arrive at an emulator. */
export function adapterWorld<
  Client extends { flush(): Promise<unknown> },
  Emulator extends StandIn,
>(
  emulator: Emulator,
  createClient: (options: {
    readonly pixelId: string
    readonly accessToken: string
    readonly fetch: typeof globalThis.fetch
    readonly logger: { warn(line: string): void; error(line: string): void }
    readonly onIssue: () => void
  }) => Client,
): AdapterWorld<Client, Emulator> {
  const log: string[] = []
  const logger = {
    warn: (line: string) => void log.push(line),
    error: (line: string) => void log.push(line),
  }
  const client = createClient({
    pixelId: '1234567890',
    accessToken: 'token',
    fetch: emulator.fetch,
    logger,
    onIssue() {},
  })
  return {
    emulator,
    client,
    log,
    logger,
    sent: async () => {
      await client.flush()
      return emulator.events().map((event) => event.payload)
    },
  }
}
