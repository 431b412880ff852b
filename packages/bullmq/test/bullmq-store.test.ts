import { redisBattery } from './redis-battery.ts'

await redisBattery('bullmqStore')
