export type { OutboxWarning, RedisOutboxOptions } from './outbox-options.ts'
export type {
  IoredisClient,
  NodeRedisClient,
  NodeRedisCluster,
  RedisAddress,
  RedisConnection,
} from './redis-client.ts'
export { redisOutbox } from './redis-outbox.ts'
