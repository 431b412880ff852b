import { type CapiOptions, createCapi, memoryOutbox, type PixelStatus } from '@capi/core'
import { systemClock } from '@capi/core/adapter'
import type { Outbox, OutboxItem } from '@capi/core/outbox'

/** How events reach Meta: the client of core over an outbox in memory that the reader fills. */
export interface Delivery {
  put(items: readonly OutboxItem[]): Promise<void>
  /** How the delivery to the dataset stands. */
  status(): Promise<PixelStatus | undefined>
  /** Lets requests on their way end, within a second, and begins none. */
  close(): Promise<void>
}

export interface DeliveryOptions extends Pick<CapiOptions, 'onDelivered' | 'onDropped' | 'logger'> {
  readonly client: CapiOptions
  readonly pixelId: string
}

/** Larger requests hold more memory for no gain: 500 events are 300 KB. */
const BATCH = { maxEvents: 500, maxBytes: 1 << 20, maxWaitMs: 10, concurrency: 6 }

/**
 * The reader puts finished bytes, as another process would into a shared outbox: built there once, events are not built again. Lanes,
 * waits, isolation of bad events and their counts are those of every client.
 */
export function createDelivery({ client, pixelId, ...hooks }: DeliveryOptions): Delivery {
  const inMemory = memoryOutbox({ maxEvents: 1_000_000, maxBytes: 2 ** 30, maxRemembered: 1 })
  const outbox: Outbox = { ...inMemory, sharedAs: 'worker', pollMs: 10 }
  const capi = createCapi({ ...client, ...hooks, pixelId, outbox, batch: BATCH })
  return {
    async put(items) {
      await inMemory.put(items, { nowMs: systemClock.now(), tickMs: systemClock.tick() })
    },
    status: async () => (await capi.stats()).pixels[pixelId],
    close: async () => void (await capi.close()),
  }
}
