import { readFileSync } from 'node:fs'
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { REPOSITORY } from '../public-packages.ts'
import { run } from './run.ts'
import type { Workshop } from './workshop.ts'

/** The lines by which the root's README installs: what they run here, and what beside it in `my-shop`. */
export function installLines(
  readme: string,
): readonly [pack: string, enter: string, install: string] {
  const [, block = ''] = /^```sh\n(npx -y pnpm@\S+ tarballs\n.*?)^```$/ms.exec(readme) ?? []
  const [pack, enter, install, ...more] = block.trim().split('\n')
  if (!pack || enter !== 'cd ../my-shop' || !install?.startsWith('npm install ') || more.length > 0)
    throw new Error(`The README installs in three lines, but for:\n${block}`)
  return [pack, enter, install]
}

/** Does what the README says, line by line, in an application beside a folder named `capi`. */
export async function checkInstall({ root, rows }: Workshop): Promise<void> {
  const [pack, enter, install] = installLines(readFileSync(join(REPOSITORY, 'README.md'), 'utf8'))
  const home = join(root, 'install')
  const shop = join(home, 'my-shop')
  const isPacked = await rows.check(`install | ${pack}`, () => sh(pack, REPOSITORY))
  if (!isPacked) return
  await rows.check(`install | ${install}`, async () => {
    await rm(home, { recursive: true, force: true })
    await mkdir(shop, { recursive: true })
    await mkdir(join(home, 'elsewhere'))
    await symlink(REPOSITORY, join(home, 'capi'))
    await writeFile(join(shop, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
    await sh(`${enter} && ${install}`, join(home, 'elsewhere'))
  })
  await rows.check('install | what was installed loads', async () => {
    const program = "const { capiMiddleware } = await import('@capi/express'); capiMiddleware.call"
    await run(process.execPath, ['--input-type=module', '-e', program], { cwd: shop })
  })
}

async function sh(line: string, cwd: string): Promise<void> {
  await run('sh', ['-c', line], { cwd })
}
