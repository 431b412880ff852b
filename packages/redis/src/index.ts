export type { OutboxWarning, RedisOutboxOptions } from './outbox-options.ts'
export type { RedisClient, RedisConnection } from './redis-client.ts'
export { redisOutbox } from './redis-outbox.ts'
