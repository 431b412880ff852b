import { outboxBattery } from '@capi/core/outbox-test'
import { describe, expect, it } from 'vitest'
import { sqliteOutbox } from '../src/index.ts'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()
let path = newPath()

outboxBattery(
  {
    name: 'sqliteOutbox',
    isDurable: true,
    open: (bounds) => sqliteOutbox({ path, ...bounds }),
    reset() {
      path = newPath()
    },
  },
  { describe, it, expect },
)
