// The short form of `pnpm consumers`: this Node.js, one compiler, and what the workspace has installed.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publicManifests, REPOSITORY, specifiersOf } from '../../public-packages.ts'
import {
  type Application,
  compile,
  programNames,
  runProgram,
  writeApplication,
} from '../application.ts'
import { installLines } from '../check-install.ts'
import { tarballProblems } from '../check-tarball.ts'
import { compileMatchersTest, runMatchersTest, writeMatchersTest } from '../check-vitest.ts'
import { type Build, FORMATS } from '../compiler-options.ts'
import { filesOf, GUIDES, guidePage, treeOf } from '../guides.ts'
import { linkInstalled } from '../link-installed.ts'
import { type Packed, packAll } from '../pack.ts'
import { firstSnippet, readingOf } from '../readmes.ts'
import { compileSnippet, readAlong } from '../run-snippet.ts'
import { createServers, SERVER_OF, type ServerKind } from '../servers.ts'
import { NOT_LOADED, SETS } from '../sets.ts'
import { EMITS } from '../versions.ts'

const NAMES = publicManifests().map(({ manifest }) => manifest.name)
/** What has something to import; `@capi/cli` is a command. */
const IMPORTED = publicManifests().flatMap(({ manifest }) =>
  specifiersOf(manifest).length > 0 ? [manifest.name] : [],
)
const PROGRAMS = programNames()
const node = process.execPath
const servers = createServers()

let root: string
let tsc: string
let packed: readonly Packed[]
let application: Application

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'capi-consumers-')))
  const modules = join(root, 'node_modules')
  packed = await packAll(modules)
  await linkInstalled(modules)
  tsc = join(modules, 'typescript/lib/tsc.js')
  const entries = packed.flatMap(({ manifest }) => specifiersOf(manifest))
  const loaded = entries.filter((entry) => !(entry in NOT_LOADED))
  application = await writeApplication(root, PROGRAMS, loaded)
})
afterAll(async () => {
  await servers.close()
  await rm(root, { recursive: true })
})

const packedAs = (name: string): Packed => {
  const found = packed.find((one) => one.name === name)
  if (found === undefined) throw new Error(`${name} was not packed.`)
  return found
}

const isMissing = (kind: ServerKind | undefined) => servers.missing(kind) !== undefined

it('runs every program somewhere in the full matrix', () => {
  expect([...new Set(SETS.flatMap(({ programs }) => programs))].sort()).toEqual(PROGRAMS)
})

it.each([...new Set(GUIDES.map(({ name }) => name))])(
  'the guide %s has the code of each file that its tree shows, and of no other',
  (name) => {
    const page = guidePage(name)
    const paths = filesOf(page).map(({ path }) => path)
    expect(paths.length).toBeGreaterThan(0)
    expect([...paths].sort()).toEqual([...treeOf(page)].sort())
  },
)

it('finds the three lines by which the README installs, core among them', () => {
  const lines = installLines(readFileSync(join(REPOSITORY, 'README.md'), 'utf8'))
  expect(lines[2]).toContain('capi-core.tgz')
})

it.each(NAMES)('%s: the tarball holds what it names, and nothing that is ours alone', (name) => {
  expect(tarballProblems(packedAs(name))).toEqual([])
})

describe.each(FORMATS)('a fresh application, %s', (format) => {
  const build: Build = {
    format,
    resolution: 'nodenext',
    typescript: EMITS.nodenext,
    needsDom: true,
  }

  it('compiles, the declarations of its dependencies too', async () => {
    await compile(application, build, tsc)
  })

  it.for(['entries', ...PROGRAMS])('runs %s', async (program, { skip }) => {
    const server = SERVER_OF[program]
    skip(isMissing(server), servers.missing(server))
    await servers.use(server, (env) => runProgram({ application, build, program, node, env }))
  })
})

it('@capi/cli: its command runs from the tarball', () => {
  const bin = join(packedAs('@capi/cli').folder, 'dist/bin.js')
  const run = (...args: readonly string[]) =>
    execFileSync(node, [bin, ...args], { cwd: root, encoding: 'utf8' })
  expect(run('hash', 'em', 'Anna@Example.com')).toContain('normalised  anna@example.com')
  expect(run('send', 'Lead', '--set', 'user_data.em=anna@example.com', '--dry-run')).toContain(
    '"event_name": "Lead"',
  )
})

it('@capi/emulator/vitest: its matchers compile and run on the Vitest of the workspace', async () => {
  const home = join(root, 'matchers')
  await writeMatchersTest(home)
  await compileMatchersTest(home, { typescript: EMITS.nodenext, tsc })
  await runMatchersTest(home, { modules: join(root, 'node_modules'), node })
})

it.for(IMPORTED)(
  'the first snippet of the README of %s runs as it stands there',
  async (name, { skip }) => {
    const reading = readingOf(name)
    skip(isMissing(reading.server), servers.missing(reading.server))
    const snippet = firstSnippet(readFileSync(join(packedAs(name).folder, 'README.md'), 'utf8'))
    const home = join(root, `readme-${name.replace('/', '-')}`)
    await compileSnippet(home, { snippet, format: 'esm', tsc, needsDom: true })
    await servers.use(reading.server, (env) =>
      readAlong({ home, format: 'esm', node, env, setFolder: root }, reading),
    )
  },
)
