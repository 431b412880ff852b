/** An event as it waits: hashed, checked, serialised. No raw identifier, no token. */
export interface OutboxItem {
  /** The pixel it goes to. */
  readonly lane: string
  readonly event_id: string
  readonly event_name: string
  /** JSON of one event, sent as it is, also when it is sent again. */
  readonly body: string
}

/** An item handed out for sending. */
export interface LeasedItem extends OutboxItem {
  readonly key: string
}

export type PutOutcome = 'accepted' | 'duplicate' | 'full'

/** Where events wait between `track` and Meta. */
export interface OutboxStore {
  put(items: readonly OutboxItem[]): Promise<readonly PutOutcome[]>
  /** Hands out waiting items of a lane, oldest first, within both bounds; at least one if any waits. */
  lease(request: {
    readonly lane: string
    readonly maxEvents: number
    readonly maxBytes: number
  }): Promise<readonly LeasedItem[]>
  /** Forgets items: they were delivered or dropped. */
  settle(keys: readonly string[]): Promise<void>
  /** Waiting and leased items by lane. */
  stats(): Promise<Readonly<Record<string, number>>>
  close(): Promise<void>
}
