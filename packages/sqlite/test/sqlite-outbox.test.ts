import { outboxBattery } from '@capi/core/outbox-test'
import { describe, expect, it } from 'vitest'
import { sqliteOutbox } from '../src/index.ts'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()
let path = newPath()

describe.each([
  { name: 'sqliteOutbox', perProcess: false },
  { name: 'sqliteOutbox with a file for each process', perProcess: true },
])('$name', ({ name, perProcess }) => {
  outboxBattery(
    {
      name,
      isDurable: true,
      open: (bounds) => sqliteOutbox({ path, perProcess, ...bounds }),
      reset() {
        path = newPath()
      },
    },
    { describe, it, expect },
  )
})
