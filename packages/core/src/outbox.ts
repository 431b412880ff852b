/**
 * The port of an outbox, for those who write one. An application passes `memoryOutbox()`, `sqliteOutbox()` and the like
 * to `createCapi` and needs none of it. Until 1.0 a minor version may change it.
 */
export type {
  DeadLetterQuery,
  DeadLetterStore,
  Lease,
  LeasedItem,
  LeaseToken,
  Loss,
  Outbox,
  OutboxItem,
  PixelCounts,
  PutOptions,
  PutResult,
  Settlement,
  SettleResult,
} from './delivery/outbox-port.ts'
