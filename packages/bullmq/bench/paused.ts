// How long the events of one pixel wait behind those of a paused one. By hand: `npm run bench`.
import { startRedis } from '@capi/testing'
import { item, LANE, open, print } from './redis.ts'

const PAUSED = '2222222222'
const BEFORE = (process.env['BENCH_PAUSED'] ?? '1000,10000,100000').split(',').map(Number)

for (const before of BEFORE) {
  const redis = await startRedis()
  const outbox = open(redis.port)
  for (let left = before; left > 0; left -= 1_000) {
    const items = Array.from({ length: Math.min(left, 1_000) }, () => item({ lane: PAUSED }))
    await outbox.put(items, Date.now())
  }
  await outbox.put([item()], Date.now())
  const startMs = performance.now()
  const request = { lane: LANE, maxEvents: 100, maxBytes: 1e6, tickMs: 0 }
  while ((await outbox.lease(request)).items.length === 0)
    await new Promise((resolve) => setTimeout(resolve, 500))
  const seconds = ((performance.now() - startMs) / 1_000).toFixed(1)
  print(`behind ${before} of a paused pixel: ${seconds} s`)
  await outbox.close()
  await redis.stop()
}
