import { execFileSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readManifest } from '../public-packages.ts'

/** As Node looks for it: in each `node_modules` from the package upwards. */
function folderOf(name: string, from: string): string | undefined {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name)
    if (existsSync(join(folder, 'package.json'))) return realpathSync(folder)
    if (at === dirname(at)) return undefined
  }
}

/** Names of all packages that come along: dependencies, and theirs; neither peers nor what is optional. */
export function dependencyNames(folder: string): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (at: string): void => {
    for (const name of Object.keys(readManifest(at).dependencies ?? {})) {
      const found = folderOf(name, at)
      if (names.has(name) || found === undefined) continue
      names.add(name)
      visit(found)
    }
  }
  visit(realpathSync(folder))
  return names
}

export interface Tarball {
  readonly size: number
  readonly unpackedSize: number
  readonly files: readonly { readonly path: string }[]
}

/** What would be published. */
export function tarballOf(folder: string): Tarball {
  const listing = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [tarball]: Tarball[] = JSON.parse(listing)
  if (tarball === undefined) throw new Error(`npm packs nothing of ${folder}`)
  return tarball
}
