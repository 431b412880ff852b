// Writes the public surface of every package and entry to packages/*/api/*.txt; with --check it writes nothing
// and fails when a file is not what the build says. Either way it fails when a public name has no doc comment.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { publicPackages } from '../public-packages.ts'
import { firstDifference } from './first-difference.ts'
import { snapshotText } from './snapshot.ts'
import { apiProgram, surfaceOf } from './surface.ts'
import { undocumented } from './undocumented.ts'

const isCheck = process.argv.includes('--check')
const packages = publicPackages()
const program = apiProgram(packages)
const checker = program.getTypeChecker()

const wanted = new Map<string, string>()
const silent = new Set<string>()
for (const { folder, entries } of packages) {
  for (const entry of entries) {
    const surface = surfaceOf(entry, folder, program)
    const file = join(folder, 'api', `${entry.name.replaceAll('/', '-')}.txt`)
    wanted.set(file, snapshotText(surface, checker))
    for (const name of undocumented(surface.names, checker)) silent.add(name)
  }
}

const complaints: string[] = []
const stale = globSync('packages/*/api/*.txt').filter((file) => !wanted.has(file))
for (const [file, text] of wanted) {
  const stored = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (stored === text) continue
  if (isCheck) complaints.push(`${file} differs: ${firstDifference(stored, text)}`)
  else {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    console.log(`wrote ${file}`)
  }
}
for (const file of stale) {
  if (isCheck) complaints.push(`${file} is of an entry that is no more`)
  else rmSync(file)
}
if (complaints.length > 0) {
  console.error(
    `${complaints.join('\n')}\nThe public names of a package have changed. Is it meant?`,
  )
  console.error('Then renew the snapshots with: npx -y pnpm@12.21.0 api')
}
if (silent.size > 0) {
  console.error(`${[...silent].join('\n')}\n${silent.size} public names without a doc comment.`)
}
if (complaints.length > 0 || silent.size > 0) process.exit(1)
console.log(
  `${wanted.size} entries of ${packages.length} packages: as recorded, every name explained`,
)
