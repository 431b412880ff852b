import { existsSync, globSync, realpathSync } from 'node:fs'
import { mkdir, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { publicManifests, REPOSITORY } from '../public-packages.ts'

/** Puts what the workspace has installed for its packages beside the tarballs, so that no registry is asked. */
export async function linkInstalled(modules: string): Promise<void> {
  for (const { folder } of publicManifests()) {
    const installed = join(REPOSITORY, folder, 'node_modules')
    for (const name of globSync(['[!@.]*', '@*/*'], { cwd: installed }).sort()) {
      const link = join(modules, name)
      if (name.startsWith('@capi/') || existsSync(link)) continue
      await mkdir(dirname(link), { recursive: true })
      await symlink(realpathSync(join(installed, name)), link, 'junction')
    }
  }
}
