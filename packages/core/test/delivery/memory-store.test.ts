import { storeBattery } from '@capi/testing'
import { memoryStore } from '../../src/index.ts'

storeBattery({
  name: 'memoryStore',
  isDurable: false,
  open: (bounds) => memoryStore(bounds),
  reset() {},
})
