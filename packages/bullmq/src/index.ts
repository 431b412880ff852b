export { bullmqStore } from './bullmq-store.ts'
export type { BullmqStoreOptions, QueueLike, StoreWarning } from './store-options.ts'
