import { describe, expect, it } from 'vitest'
import { memoryOutbox } from '../../src/index.ts'
import { outboxBattery } from '../../src/outbox-test.ts'

outboxBattery(
  {
    name: 'memoryOutbox',
    isDurable: false,
    open: (bounds) => memoryOutbox(bounds),
    reset() {},
  },
  { describe, it, expect },
)
