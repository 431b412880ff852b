import { cpSync, existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tsconfigOf } from './compiler-options.ts'
import { install, tarballsOf } from './install.ts'
import { run } from './run.ts'
import { typecheck } from './typecheck.ts'
import { OLDEST_FOR_TOOLS, VITESTS } from './versions.ts'
import type { Workshop } from './workshop.ts'

const TEST = fileURLToPath(new URL('./programs/vitest/matchers.ts', import.meta.url))

/** Writes a test of the matchers beside an installed Vitest. */
export async function writeMatchersTest(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  cpSync(TEST, join(folder, 'matchers.test.ts'))
}

/** Checks the test and all that it imports; declarations of Vitest too, unless they do not compile by themselves. */
export async function compileMatchersTest(
  folder: string,
  {
    typescript,
    tsc,
    skipLibCheck = false,
  }: { readonly typescript: string; readonly tsc: string; readonly skipLibCheck?: boolean },
): Promise<void> {
  const build = { format: 'esm', resolution: 'nodenext', typescript } as const
  const tsconfig = tsconfigOf(build)
  const compilerOptions = { ...tsconfig.compilerOptions, skipLibCheck }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ ...tsconfig, compilerOptions }))
  await typecheck(folder, 'tsconfig.json', tsc)
}

/** @param modules the `node_modules` that holds Vitest */
export async function runMatchersTest(
  folder: string,
  { modules, node }: { readonly modules: string; readonly node: string },
): Promise<void> {
  const vitest = join(modules, 'vitest/vitest.mjs')
  const output = await run(node, [vitest, 'run', '--root', folder, '--exclude', 'out/**'], {
    cwd: folder,
  })
  if (!/3 passed/.test(output)) throw new Error(`Not all of it ran:\n${output}`)
}

/** The emulator beside each Vitest that users have, and beside none. */
export async function checkVitest(workshop: Workshop): Promise<void> {
  for (const [name, version] of VITESTS) await checkVersion(workshop, name, version)
  const folder = join(workshop.root, 'vitest-none')
  await workshop.rows.check(
    'no vitest | npm install brings none, and the emulator runs',
    async () => {
      await install(folder, tarballsOf(['@capi/emulator'], workshop.packed))
      if (existsSync(join(folder, 'node_modules/vitest'))) throw new Error('Vitest came along.')
      const program = "const { createEmulator } = await import('@capi/emulator'); createEmulator()"
      await run(process.execPath, ['--input-type=module', '-e', program], { cwd: folder })
    },
  )
}

async function checkVersion(
  { root, packed, toolchains, rows }: Workshop,
  name: string,
  version: string,
): Promise<void> {
  const home = join(root, name.replace(' ', '-'))
  const folder = join(home, 'test')
  const isInstalled = await rows.check(`${name} | npm install`, async () => {
    const ours = tarballsOf(['@capi/emulator'], packed)
    await install(home, { ...ours, vitest: version, '@types/node': '22.20.5' })
    await writeMatchersTest(folder)
  })
  if (!isInstalled) return
  for (const [typescript, tsc] of toolchains.compilers) {
    // TypeScript 7 refuses what Vitest 3 and @types/chai both declare, `containSubset`, without us too.
    const skipLibCheck = name === 'vitest 3' && typescript.startsWith('7.')
    await rows.check(`${name} | TypeScript ${typescript} compiles the matchers`, () =>
      compileMatchersTest(folder, { typescript, tsc, skipLibCheck }),
    )
  }
  for (const [onNode, node] of toolchains.nodes) {
    const title = `${name} | Node ${onNode} runs the matchers`
    const reason = onNode < OLDEST_FOR_TOOLS ? `its tools need ${OLDEST_FOR_TOOLS}` : undefined
    await rows.checkUnless(reason, title, () =>
      runMatchersTest(folder, { modules: join(home, 'node_modules'), node }),
    )
  }
}
