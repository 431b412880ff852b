import { storeBattery } from '@capi/testing'
import { sqliteStore } from '../src/index.ts'
import { tempFolder } from './temp-folder.ts'

const newPath = tempFolder()
let path = newPath()

storeBattery({
  name: 'sqliteStore',
  isDurable: true,
  open: (bounds) => sqliteStore({ path, ...bounds }),
  reset() {
    path = newPath()
  },
})
