import { Queue } from 'bullmq'
import { expect, it, vi } from 'vitest'
import { redisBattery } from './redis-battery.ts'

vi.mock('bullmq', () => import('bullmq5'))

it('runs on BullMQ 5 here', () => {
  expect('client' in Queue.prototype).toBe(true)
  expect('getBackend' in Queue.prototype).toBe(false)
})

await redisBattery('bullmqOutbox on BullMQ 5')
