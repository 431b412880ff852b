import { cpSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readManifest } from '../public-packages.ts'
import { assertArrived, SHOP } from './check-bundlers.ts'
import { installTool, writeManifest } from './install.ts'
import { publishReleases } from './releases.ts'
import { run } from './run.ts'
import type { Workshop } from './workshop.ts'

const RELEASE = '0.1.0'
const DEPENDENCIES = {
  '@capi/core': RELEASE,
  '@capi/emulator': RELEASE,
  '@capi/express': RELEASE,
  '@capi/sqlite': RELEASE,
  express: '5.3.0',
}

type Line = readonly [command: string, ...args: string[]]

interface Manager {
  readonly name: string
  /** Files beside package.json. What was published a moment ago is refused by default, unless it is named (SECURITY.md). */
  readonly files: (registry: string) => Readonly<Record<string, string>>
  readonly install: Line
  /** Before the program's name, to run it. */
  readonly run: Line
}

/** As most CommonJS is written. */
export function commonJsOf(text: string): string {
  return text
    .replaceAll(/^import \{(.+)\} from '(.+)'$/gm, "const {$1} = require('$2')")
    .replaceAll(/^import (\w+) from '(.+)'$/gm, "const $1 = require('$2')")
}

/** Installs the shop by each package manager as it comes, and runs it as an ES module and in CommonJS. */
export async function checkManagers(workshop: Workshop): Promise<void> {
  const { root, rows } = workshop
  const toolchains = join(root, 'toolchains')
  const yarn = await installTool(toolchains, '@yarnpkg/cli-dist', '4.18.1', 'bin/yarn.js')
  const bun = await installTool(toolchains, 'bun', '1.4.5', 'bin/bun.exe')
  const node = process.execPath
  const own = await elsewhere(root)
  const managers: readonly Manager[] = [
    {
      name: 'npm',
      files: () => ({}),
      install: ['npm', 'install', '--no-audit', '--no-fund'],
      run: [node],
    },
    {
      name: 'pnpm strict',
      files: () => ({
        'pnpm-workspace.yaml': 'minimumReleaseAge: 0\nhoist: false\nstrictPeerDependencies: true\n',
      }),
      install: ['npx', '-y', readManifest('.').packageManager ?? 'pnpm', 'install'],
      run: [node],
    },
    {
      name: "Yarn Plug'n'Play",
      files: (registry) => ({
        '.yarnrc.yml': `enableTelemetry: false\nnodeLinker: pnp\nnpmPreapprovedPackages: ['@capi/*']\nnpmScopes: { capi: { npmRegistryServer: '${registry}' } }\n${own}`,
        'yarn.lock': '',
      }),
      install: [node, yarn, 'install'],
      run: [node, yarn, 'node'],
    },
    { name: 'Bun', files: () => ({}), install: [bun, 'install'], run: [node] },
  ]
  const registry = await publishReleases(workshop, [RELEASE])
  try {
    for (const { name, files, ...manager } of managers) {
      const folder = join(root, `manager-${name.replaceAll(/\W/g, '-')}`)
      const isInstalled = await rows.check(`managers | ${name} | installs`, async () => {
        await writeManifest(folder, DEPENDENCIES, { npmrc: registry.npmrc })
        for (const [file, text] of Object.entries(files(registry.url)))
          await writeFile(join(folder, file), text)
        cpSync(SHOP, join(folder, 'shop.mjs'))
        await writeFile(join(folder, 'shop.cjs'), commonJsOf(readFileSync(SHOP, 'utf8')))
        await runLine(folder, manager.install)
      })
      if (!isInstalled) continue
      for (const program of ['shop.mjs', 'shop.cjs'])
        await rows.check(`managers | ${name} | ${program}: an order arrives`, async () =>
          assertArrived(await runLine(folder, [...manager.run, program])),
        )
    }
  } finally {
    await registry.close()
  }
}

/** Yarn reads no `.npmrc`: the set-up names the place where the machine's npm finds everything else. */
async function elsewhere(folder: string): Promise<string> {
  const url = (await run('npm', ['config', 'get', 'registry'], { cwd: folder })).trim()
  return `npmRegistryServer: '${url}'\nunsafeHttpWhitelist: ['127.0.0.1', '${new URL(url).hostname}']\n`
}

async function runLine(folder: string, [command, ...args]: Line): Promise<string> {
  return await run(command, args, { cwd: folder, timeoutMs: 180_000 })
}
