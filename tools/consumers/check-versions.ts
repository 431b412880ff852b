import { cpSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readManifest } from '../public-packages.ts'
import { type Build, FORMATS, outputOf, tsconfigOf } from './compiler-options.ts'
import { type Dependencies, install, npmInstall } from './install.ts'
import { publishReleases, RELEASES } from './releases.ts'
import { run } from './run.ts'
import { typecheck } from './typecheck.ts'
import { EMITS } from './versions.ts'
import type { Workshop } from './workshop.ts'

const PROGRAM = join(fileURLToPath(new URL('./programs', import.meta.url)), 'versions/two-cores.ts')
const ADAPTERS = [
  'express',
  'fastify',
  'nest',
  'next',
  'postgres',
  'redis',
  'shopify',
  'sqlite',
  'web',
]

const OTHERS = {
  '@nestjs/common': '12.5.1',
  '@nestjs/core': '12.5.1',
  '@shopify/shopify-api': '15.0.0',
  '@types/express': '5.0.6',
  '@types/node': '22.20.5',
  '@types/react': '19.3.3',
  express: '5.3.0',
  fastify: '5.12.8',
  ioredis: '6.0.0',
  next: '16.4.6',
  react: '19.3.1',
  'react-dom': '19.3.1',
  'reflect-metadata': '0.2.2',
  rxjs: '7.8.2',
}

/** An application with the core of one release and adapters of the other, both ways: it compiles, and an order arrives. */
export async function checkVersions(workshop: Workshop): Promise<void> {
  const { root, rows } = workshop
  const registry = await publishReleases(workshop)
  try {
    const [older, newer] = RELEASES
    // The second way is an update of the first: only our packages change.
    const folder = join(root, 'versions')
    for (const [core, adapters] of [
      [older, newer],
      [newer, older],
    ] as const) {
      const title = `versions | core ${core}, adapters ${adapters}`
      const isInstalled = await rows.check(
        `${title} | npm install: two copies of core`,
        async () => {
          const ours = Object.fromEntries(ADAPTERS.map((name) => [`@capi/${name}`, adapters]))
          const dependencies = { ...OTHERS, ...ours, '@capi/core': core, '@capi/emulator': core }
          if (core === older) await install(folder, dependencies, { npmrc: registry.npmrc })
          else await update(folder, dependencies)
          const versionOf = (path: string) =>
            readManifest(join(folder, 'node_modules', path)).version
          const found = [
            versionOf('@capi/core'),
            versionOf('@capi/express/node_modules/@capi/core'),
          ]
          if (found[0] !== core || found[1] !== adapters)
            throw new Error(`Installed: ${found.join(', ')}`)
        },
      )
      if (isInstalled) await compileAndRun(workshop, folder, title)
    }
  } finally {
    await registry.close()
  }
}

async function update(folder: string, dependencies: Dependencies): Promise<void> {
  const file = join(folder, 'package.json')
  const manifest = { ...readManifest(folder), dependencies }
  await writeFile(file, JSON.stringify(manifest, null, 2))
  await npmInstall(folder)
}

async function compileAndRun(
  { toolchains, rows }: Workshop,
  folder: string,
  title: string,
): Promise<void> {
  for (const format of FORMATS) {
    const home = join(folder, format)
    await mkdir(home, { recursive: true })
    cpSync(PROGRAM, join(home, 'two-cores.ts'))
    const type = format === 'esm' ? 'module' : 'commonjs'
    await writeFile(join(home, 'package.json'), JSON.stringify({ private: true, type }))
    for (const [typescript, tsc] of toolchains.compilers) {
      const build: Build = { format, resolution: 'nodenext', typescript, needsDom: true }
      const compiles = await rows.check(
        `${title} | ${format} | TypeScript ${typescript} compiles`,
        async () => {
          const config = `tsconfig.${typescript}.json`
          // Next's own declarations name types of packages that it does not bring.
          const { compilerOptions, ...others } = tsconfigOf(build)
          const text = { compilerOptions: { ...compilerOptions, skipLibCheck: true }, ...others }
          await writeFile(join(home, config), JSON.stringify(text))
          await typecheck(home, config, tsc)
        },
      )
      if (!compiles || typescript !== EMITS.nodenext) continue
      await rows.check(`${title} | ${format} | an order arrives`, async () => {
        await run(process.execPath, [join(outputOf(build), 'two-cores.js')], {
          cwd: home,
          timeoutMs: 60_000,
        })
      })
    }
  }
}
