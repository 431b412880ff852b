import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const dist = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist')
const chunks = readdirSync(dist).filter((name) => /-[\w-]{8}\.d\.c?ts$/.test(name))

it('exports types from shared declarations under their own names, which compilers print', () => {
  expect(chunks).not.toEqual([])
  for (const name of chunks) {
    const lists = readFileSync(join(dist, name), 'utf8').match(/^export (?:type )?\{[^}]*\};$/gm)
    expect(lists, name).not.toBeNull()
    for (const list of lists ?? []) expect(list, name).not.toMatch(/ as /)
  }
})
