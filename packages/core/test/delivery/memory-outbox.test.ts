import { outboxBattery } from '@capi/testing'
import { memoryOutbox } from '../../src/index.ts'

outboxBattery({
  name: 'memoryOutbox',
  isDurable: false,
  open: (bounds) => memoryOutbox(bounds),
  reset() {},
})
