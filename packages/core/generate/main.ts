// Writes what is made from other packages' data; test/normalize/dial-out.test.ts fails when it is not current.
import { writeFileSync } from 'node:fs'
import { dialOutFile } from './dial-out.ts'

writeFileSync(new URL('../src/normalize/dial-out-table.ts', import.meta.url), dialOutFile())
