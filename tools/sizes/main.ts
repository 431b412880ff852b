// Prints how large every public package is and how long it takes to load, as Markdown; Meta's SDK beside them.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { loadavg } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { publicPackages, readManifest } from '../public-packages.ts'
import { bundleSize } from './bundle-size.ts'
import { importTimeMs } from './import-time.ts'
import { dependencyNames, tarballOf } from './installed.ts'
import { sourceSizes } from './source-size.ts'

const kB = (bytes: number): string => (bytes / 1000).toFixed(1)

function table(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}

interface Loaded {
  readonly name: string
  readonly folder: string
  readonly module: string
}

/** Left out of every bundle: what the application has anyway, and what is only loaded where it is. */
function peersOf(folder: string): string[] {
  const { peerDependencies = {} } = readManifest(folder)
  return Object.keys(peerDependencies)
}

async function loadRow({ name, folder, module }: Loaded): Promise<(string | number)[]> {
  const own = await bundleSize(module, 'own')
  const all = await bundleSize(module, peersOf(folder))
  return [
    name,
    importTimeMs(module).toFixed(1),
    `${kB(own.minifiedBytes)} / ${kB(own.gzipBytes)}`,
    `${kB(all.minifiedBytes)} / ${kB(all.gzipBytes)}`,
  ]
}

function installRow({ name, folder }: Loaded): (string | number)[] {
  const { size, unpackedSize, files } = tarballOf(folder)
  const all = dependencyNames(folder)
  const direct = Object.keys(readManifest(folder).dependencies ?? {})
  return [name, kB(size), kB(unpackedSize), files.length, direct.length, all.size]
}

/** What `turbo boundaries` takes for one. */
function isAdapter(folder: string): boolean {
  return /"adapter"/.test(readFileSync(join(folder, 'turbo.json'), 'utf8'))
}

const packages = publicPackages()
const SDK = 'facebook-nodejs-business-sdk'
const bench = createRequire(resolve('packages/core/bench/package.json'))
const sdkFolder = dirname(bench.resolve(`${SDK}/package.json`))
const sdk: Loaded = {
  name: `${SDK} ${readManifest(sdkFolder).version}`,
  folder: sdkFolder,
  module: bench.resolve(SDK),
}

const busy = loadavg()[0] ?? 0
console.log(`## Load, Node ${process.versions.node}, load of the machine ${busy.toFixed(1)}\n`)
console.log('An import loads its peers, such as Nest; bundles leave them out.\n')
const loaded = packages.flatMap(({ folder, entries }) =>
  entries.map(({ specifier, module }) => ({ name: specifier, folder, module })),
)
const loadRows: (string | number)[][] = []
for (const one of [...loaded, sdk]) loadRows.push(await loadRow(one))
console.log(
  table(
    [
      'Import',
      'cold import, ms (median of 9)',
      'own code minified / gzip, kB',
      'with dependencies, kB',
    ],
    loadRows,
  ),
)

console.log('\n## Install\n')
const installed = packages.map(({ folder, manifest }) => ({
  name: manifest.name,
  folder,
  module: '',
}))
console.log(
  table(
    ['Package', 'tarball, kB', 'unpacked, kB', 'files', 'dependencies', 'with theirs'],
    [...installed, sdk].map(installRow),
  ),
)

console.log('\n## Sources of the adapters\n')
const adapters = packages.filter(({ folder }) => isAdapter(folder))
const sourceRows = adapters.flatMap(({ folder, manifest }) =>
  sourceSizes(folder).map(({ part, files, lines, codeLines }) => [
    part === 'all' ? `**${manifest.name}**` : part,
    files,
    lines,
    codeLines,
  ]),
)
console.log(table(['Part', 'files', 'lines', 'without comments'], sourceRows))
