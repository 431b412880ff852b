// Fails where a file of core imports from a floor above its own; circles of files are Biome's to find (noImportCycles).
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { REPOSITORY } from './public-packages.ts'

/** Core's folders from the ground up: each imports from those before it only. Entries, beside them, stand above all. */
const FLOORS = `
  runtime issue hash click-id field option
  normalize
  user-data custom-data app-data
  event
  store outbox-test transport quality
  delivery
  client
  http
  collector
`
  .trim()
  .split(/\s+/)
const SOURCES = join(REPOSITORY, 'packages/core/src')

/** Undefined for an entry. */
const folderOf = (file: string): string | undefined =>
  /^\w[\w-]*(?=\/)/.exec(relative(SOURCES, file))?.[0]
const floorOf = (file: string): number => FLOORS.indexOf(folderOf(file) ?? '')

function faultsOf(file: string): string[] {
  const floor = floorOf(file)
  if (floor < 0) return ['stands in a folder that tools/floors.ts does not name']
  const specifiers = readFileSync(file, 'utf8').matchAll(/(?:from |import\()'(\.[^']+)'/g)
  const targets = Array.from(specifiers, ([, path = '']) => join(dirname(file), path))
  return targets
    .filter((target) => folderOf(target) === undefined || floorOf(target) > floor)
    .map((target) => `imports upwards: ${relative(SOURCES, target)}`)
}

const files = globSync('*/**/*.ts', { cwd: SOURCES }).map((file) => join(SOURCES, file))
const faults = files.flatMap((file) =>
  faultsOf(file).map((fault) => `${relative(REPOSITORY, file)} ${fault}`),
)
for (const fault of faults) console.log(fault)
process.exitCode = faults.length === 0 ? 0 : 1
