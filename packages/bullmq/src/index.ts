export { bullmqOutbox } from './new-port.ts'
export type { BullmqOutboxOptions, OutboxWarning, QueueLike } from './outbox-options.ts'
