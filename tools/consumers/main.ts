// Proves in fresh folders, outside the workspace, that the packed packages work where users install them.
// Arguments name what to check ('nest 12', 'examples', …; default all). CONSUMERS_FOLDER: where, and then it stays.
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { checkExamples } from './check-examples.ts'
import { checkGuide, titleOf } from './check-guides.ts'
import { checkInstall } from './check-install.ts'
import { checkSet } from './check-set.ts'
import { tarballProblems } from './check-tarball.ts'
import { checkVitest } from './check-vitest.ts'
import { GUIDES } from './guides.ts'
import { packAll } from './pack.ts'
import { createRows } from './rows.ts'
import { createServers } from './servers.ts'
import { setsFor } from './sets.ts'
import { installToolchains } from './toolchains.ts'

const wanted = process.argv.slice(2)
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name)

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
  const isOnlyGuides = wanted.length > 0 && wanted.every((name) => name.startsWith('guide'))
  const toolchains = isOnlyGuides
    ? { nodes: new Map<string, string>(), compilers: new Map<string, string>() }
    : await installToolchains(join(root, 'toolchains'))
  const workshop = { root, packed, toolchains, rows, servers }
  for (const set of setsFor(packed)) if (isWanted(set.name)) await checkSet(workshop, set)
  if (isWanted('install')) await checkInstall(workshop)
  if (isWanted('vitest')) await checkVitest(workshop)
  if (isWanted('examples')) await checkExamples(workshop)
  for (const guide of GUIDES)
    if (['guides', `guide ${guide.name}`, titleOf(guide)].some(isWanted))
      await checkGuide(workshop, guide)
} finally {
  await servers.close()
  if (!given) await rm(root, { recursive: true, force: true })
}
console.log(`in ${Math.round((performance.now() - startedMs) / 1000)} s`)
if (!rows.close()) process.exitCode = 1

/** A `node_modules` or a workspace above would help the packages out. */
function refuseWorkspace(folder: string): void {
  for (let one = dirname(folder); one !== dirname(one); one = dirname(one))
    for (const name of ['node_modules', 'pnpm-workspace.yaml'])
      if (existsSync(join(one, name)))
        throw new Error(`${join(one, name)} is in reach of ${folder}.`)
}
