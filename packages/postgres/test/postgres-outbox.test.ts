import { outboxBattery } from '@capi/core/outbox-test'
import { describe, expect, it } from 'vitest'
import { testDatabase } from './test-database.ts'

const world = testDatabase()

outboxBattery(
  {
    name: 'postgresOutbox',
    isDurable: true,
    open: (bounds) =>
      world.outbox(bounds?.maxEvents === undefined ? {} : { maxEvents: bounds.maxEvents }),
    shared: {
      pass: world.pass,
      crash: world.takeOver,
    },
    reset: world.clear,
  },
  { describe, it, expect },
)
