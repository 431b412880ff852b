// One worker process of the throughput bench: delivers until nothing waits.
import { createCapi } from '@capi/core'
import { fromOldPort } from '../src/old-port.ts'
import { LANE, open } from './redis.ts'

const [port, baseUrl] = process.argv.slice(2)
const capi = createCapi({
  pixelId: LANE,
  accessToken: 'token',
  baseUrl,
  outbox: fromOldPort(open(Number(port))),
  batch: { concurrency: 8 },
})
await capi.flush({ timeoutMs: 600_000 })
await capi.close()
const { user, system } = process.cpuUsage()
process.stdout.write(String(user + system))
