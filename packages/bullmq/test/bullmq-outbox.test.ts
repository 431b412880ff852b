import { redisBattery } from './redis-battery.ts'

await redisBattery('bullmqOutbox')
