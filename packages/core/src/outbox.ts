/**
 * The port of an outbox, for those who write one, and what every outbox shares. An application passes `memoryOutbox()`,
 * `sqliteOutbox()` and the like to `createCapi` and needs none of it. Until 1.0 a minor version may change it.
 */

export { deliverMessages } from './client/deliver-messages.ts'
export {
  type Chosen,
  type DeadStore,
  listDead,
  purgeDead,
  replayDead,
} from './store/dead-letters.ts'
export { eventKey } from './store/event-key.ts'
export { matcher } from './store/matcher.ts'
export type {
  DeadFilter,
  DeadItem,
  Expired,
  Lease,
  LeasedItem,
  LeaseRequest,
  LeaseToken,
  Loss,
  Matched,
  MatchPage,
  Outbox,
  OutboxItem,
  PixelCounts,
  PutOptions,
  PutResult,
  Settlement,
  SettleResult,
  Time,
} from './store/outbox-port.ts'
export { type ProducerQueue, producerOutbox } from './store/producer-outbox.ts'
