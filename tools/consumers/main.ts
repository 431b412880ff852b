// Proves in fresh folders, outside the workspace, that the packed packages work where users install them.
// Arguments name what to check ('nest 12', 'examples', …; default all), `--piece 2/12` checks a part of all, `--list` prints the names.
// CONSUMERS_FOLDER: where, and then it stays.
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { publicManifests } from '../public-packages.ts'
import { checkBundlers } from './check-bundlers.ts'
import { checkExamples } from './check-examples.ts'
import { checkGuide, titleOf } from './check-guides.ts'
import { checkInstall } from './check-install.ts'
import { checkManagers } from './check-managers.ts'
import { checkRunners } from './check-runners.ts'
import { checkSet } from './check-set.ts'
import { tarballProblems } from './check-tarball.ts'
import { checkVersions } from './check-versions.ts'
import { checkVitest } from './check-vitest.ts'
import { GUIDES } from './guides.ts'
import { packAll } from './pack.ts'
import { createRows } from './rows.ts'
import { createServers } from './servers.ts'
import { setNames, setsFor } from './sets.ts'
import { installToolchains } from './toolchains.ts'
import { namesFor } from './wanted.ts'
import type { Workshop } from './workshop.ts'

type Check = (workshop: Workshop) => Promise<void>

/** Each takes five minutes at most on two cores. */
const CHECKS: ReadonlyMap<string, Check> = new Map([
  ...setNames(publicManifests().map(({ manifest }) => manifest.name)).map(
    (name) => [name, checkSetOf(name)] as const,
  ),
  ['install', checkInstall],
  ['vitest', checkVitest],
  ['bundlers', checkBundlers],
  ['managers', checkManagers],
  ['runners', checkRunners],
  ['versions', checkVersions],
  ['examples', checkExamples],
  ...GUIDES.map((guide) => [titleOf(guide), (shop: Workshop) => checkGuide(shop, guide)] as const),
])

const names = namesFor(process.argv.slice(2), [...CHECKS.keys()])
if (names === undefined) {
  console.log([...CHECKS.keys()].join('\n'))
  process.exit(0)
}

const given = process.env['CONSUMERS_FOLDER']
if (given) await mkdir(given, { recursive: true })
const root = await realpath(given || (await mkdtemp(join(tmpdir(), 'capi-consumers-'))))
refuseWorkspace(root)

const startedMs = performance.now()
const rows = createRows(console.log)
const servers = createServers()
try {
  const packed = await packAll(join(root, 'tarballs'))
  for (const one of packed)
    await rows.check(`${one.name} | tarball`, async () => {
      const problems = tarballProblems(one)
      if (problems.length > 0) throw new Error(problems.join('\n'))
    })
  // A guide needs none of the compilers.
  const toolchains = names.every((name) => name.startsWith('guide'))
    ? { nodes: new Map<string, string>(), compilers: new Map<string, string>() }
    : await installToolchains(join(root, 'toolchains'))
  const workshop = { root, packed, toolchains, rows, servers }
  for (const name of names) {
    const start = performance.now()
    await CHECKS.get(name)?.(workshop)
    console.log(`      ${name} took ${Math.round((performance.now() - start) / 1000)} s`)
  }
} finally {
  await servers.close()
  if (!given) await rm(root, { recursive: true, force: true })
}
console.log(`in ${Math.round((performance.now() - startedMs) / 1000)} s`)
if (!rows.close()) process.exitCode = 1

function checkSetOf(name: string): Check {
  return async (workshop) => {
    const set = setsFor(workshop.packed).find((one) => one.name === name)
    if (set !== undefined) await checkSet(workshop, set)
  }
}

/** A `node_modules` or a workspace above would help the packages out. */
function refuseWorkspace(folder: string): void {
  for (let one = dirname(folder); one !== dirname(one); one = dirname(one))
    for (const name of ['node_modules', 'pnpm-workspace.yaml'])
      if (existsSync(join(one, name)))
        throw new Error(`${join(one, name)} is in reach of ${folder}.`)
}
