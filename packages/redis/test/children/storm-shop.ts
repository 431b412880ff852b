// A shop of the storm, on the README's settings. The storm starts it.
import { createCapi } from '@capi/core'
import { stormShop } from '@capi/testing'
import { redisOutbox } from '../../src/index.ts'

await stormShop((options, connection) =>
  createCapi({ ...options, outbox: redisOutbox({ connection, leaseMs: 5_000 }) }),
)
