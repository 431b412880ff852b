import { cpSync, globSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, delimiter, dirname, join } from 'node:path'
import { REPOSITORY, readManifest } from '../public-packages.ts'
import { EXAMPLE_APPS, type ExampleApp, type Variant } from './example-apps.ts'
import { type Dependencies, install, npmInstall, tarballsOf } from './install.ts'
import { packOne } from './pack.ts'
import { run } from './run.ts'
import { OLDEST_FOR_TOOLS, TOOLS_OF_EXAMPLES } from './versions.ts'
import type { Workshop } from './workshop.ts'

/** Read by path, as a linked folder: Node strips no types of what is installed. */
const CONFIG = 'tools/config'
const MADE_HERE = new Set(['node_modules', 'dist', '.turbo', '.snippets', 'var'])

/** Copies each example app out of the workspace, installs the tarballs in it, and has it check itself. */
export async function checkExamples(workshop: Workshop): Promise<void> {
  const { root, rows } = workshop
  const home = join(root, 'examples')
  await rows.check('examples | npm install of what builds and tests them', async () => {
    await install(home, TOOLS_OF_EXAMPLES)
    cpSync(join(REPOSITORY, 'tsconfig.base.json'), join(home, 'tsconfig.base.json'))
    await copyConfig(join(home, CONFIG))
  })
  for (const path of globSync('apps/example-*', { cwd: REPOSITORY }).sort()) {
    const app = EXAMPLE_APPS[basename(path)]
    await rows.check(`${basename(path)} | has an entry in example-apps.ts`, async () => {
      if (app === undefined) throw new Error('Say there what a visitor does.')
    })
    for (const variant of app?.variants ?? []) await checkVariant(workshop, { path, variant, app })
    rows.skip(`${basename(path)} | cjs`, 'is an ES module: its start awaits at the top level')
  }
}

interface Copy {
  readonly path: string
  readonly variant: Variant
  readonly app: ExampleApp | undefined
}

async function checkVariant(
  { root, packed, toolchains, rows }: Workshop,
  copy: Copy,
): Promise<void> {
  const { path, variant, app } = copy
  const folder = join(root, 'examples', `${path}-${variant.name.replace(' ', '-')}`)
  const title = `${basename(path)} | ${variant.name}`
  const prepare = async () => {
    await mkdir(folder, { recursive: true })
    const filter = (one: string) => !MADE_HERE.has(basename(one))
    cpSync(join(REPOSITORY, path), folder, { recursive: true, filter })
    const tarballs = join(root, 'tarballs')
    const { manifest } = await packOne(path, tarballs)
    const ours = tarballsOf(Object.keys(manifest.dependencies ?? {}), packed)
    const resolve = (given: Dependencies = {}) =>
      Object.fromEntries(
        Object.entries(given).map(([name, version]) => [name, variant.versions[name] ?? version]),
      )
    const resolved = {
      ...manifest,
      dependencies: { ...resolve(manifest.dependencies), ...ours },
      devDependencies: { ...resolve(manifest.devDependencies) },
    }
    // What builds and tests it is private, on no registry ever.
    resolved.devDependencies['@capi/config'] = `file:${join(root, 'examples', CONFIG)}`
    const helpers = Object.keys(resolved.devDependencies).filter(isOurs)
    for (const name of helpers.filter((one) => one !== '@capi/config')) {
      const { tarball } = await packOne(name.replace('@capi', 'tools'), tarballs)
      resolved.devDependencies[name] = `file:${tarball}`
    }
    await writeFile(join(folder, 'package.json'), JSON.stringify(resolved, null, 2))
    await npmInstall(folder)
    if (manifest.scripts?.['build']) await run('npm', ['run', 'build'], { cwd: folder })
  }
  if (!(await rows.check(`${title} | npm install, build`, prepare))) return
  await rows.check(
    `${title} | typecheck`,
    async () => void (await run('npm', ['run', 'typecheck'], { cwd: folder })),
  )
  for (const [version, node] of toolchains.nodes) {
    if (version < OLDEST_FOR_TOOLS) {
      rows.skip(`${title} | Node ${version}`, `its tools need ${OLDEST_FOR_TOOLS}`)
      continue
    }
    const env = { PATH: dirname(node) + delimiter + process.env['PATH'] }
    await rows.check(
      `${title} | Node ${version} passes its tests`,
      async () => void (await run('npm', ['test'], { cwd: folder, env })),
    )
    await rows.check(
      `${title} | Node ${version} runs it`,
      () => app?.visit(node, folder) ?? Promise.resolve(),
    )
  }
}

/** Its dependencies are left out: the folders above it have them. */
async function copyConfig(folder: string): Promise<void> {
  cpSync(join(REPOSITORY, CONFIG, 'src'), join(folder, 'src'), { recursive: true })
  const manifest = { ...readManifest(join(REPOSITORY, CONFIG)), devDependencies: {} }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2))
}

const isOurs = (name: string) => name.startsWith('@capi/')
