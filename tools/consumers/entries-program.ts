/** A program that loads every entry point in both ways, and finds the same names. */
export function entriesProgram(entries: readonly string[]): string {
  // Types by static import: in a CommonJS program, those of `import()` would be another copy's.
  const types = entries.map((name, index) => `import type * as entry${index} from '${name}'`)
  const all = entries.map((_name, index) => `typeof entry${index}`)
  return `import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
${types.join('\n')}
import { runProgram } from './one-event.js'

const namesOf = (module: object): readonly string[] =>
  Object.keys(module)
    .filter((name) => name !== 'default' && name !== 'module.exports' && name !== '__esModule')
    .sort()

export type Entries = [${all.join(', ')}]

runProgram(async () => {
  const require = createRequire(pathToFileURL(process.argv[1] ?? ''))
  for (const name of ${JSON.stringify(entries)}) {
    const module: object = await import(name)
    const required: object = require(name)
    assert.deepEqual(namesOf(required), namesOf(module), name)
  }
})
`
}
