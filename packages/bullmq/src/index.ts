export { bullmqOutbox } from './bullmq-outbox.ts'
export type { BullmqOutboxOptions, OutboxWarning, QueueLike } from './outbox-options.ts'
