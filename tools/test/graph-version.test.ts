import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const newest = /DEFAULT_API_VERSION = '(v\d+\.\d)'/.exec(
  read('packages/core/src/transport/graph-versions.ts'),
)?.[1]

/** What users read and copy. What the emulator says of a version is its own text: it imports nothing of core. */
const TEXTS = globSync(
  [
    'README.md',
    'packages/*/README.md',
    'apps/docs/content/**/*.md',
    'packages/emulator/src/**/*.ts',
    'packages/emulator/page/src/**/*.{ts,tsx}',
    'packages/core/src/client/options.ts',
  ],
  { cwd: root },
)

it('every text that names a version of the Graph API names the default', () => {
  expect(newest).toBeDefined()
  const named = TEXTS.flatMap((path) =>
    [...read(path).matchAll(/(?<![\w.])v\d{2}\.0(?!\.)/g)].map(
      ([version]) => `${path}: ${version}`,
    ),
  )
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter((line) => !line.endsWith(`: ${newest}`))).toEqual([])
})
