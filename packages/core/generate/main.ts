// Writes what is made from other packages' data and from the lists beside this file; tests in test/normalize fail when it is not current.
import { writeFileSync } from 'node:fs'
import { dialOutFile } from './dial-out.ts'
import { packedWords } from './packed-words.ts'

writeFileSync(new URL('../src/normalize/dial-out-table.ts', import.meta.url), dialOutFile())
writeFileSync(new URL('../src/field/packed-words.ts', import.meta.url), packedWords())
