import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Manifest, publicManifests, REPOSITORY, readManifest } from '../public-packages.ts'
import { run } from './run.ts'

export interface Packed {
  readonly name: string
  readonly tarball: string
  /** The tarball's content, where a package manager would put it: `<folder>/@capi/core`. */
  readonly folder: string
  /** As it is in the tarball, without `workspace:` and `catalog:`. */
  readonly manifest: Manifest
}

/** Packs every public package as it would be published, out of what was built last. */
export async function packAll(folder: string): Promise<readonly Packed[]> {
  await mkdir(folder, { recursive: true })
  await packPublic(['--pack-destination', folder])
  return await Promise.all(
    publicManifests().map(async ({ manifest: { name, version } }) => {
      const tarball = join(folder, `${name.slice(1).replace('/', '-')}-${version}.tgz`)
      const unpacked = join(folder, name)
      await mkdir(unpacked, { recursive: true })
      await run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1'], { cwd: folder })
      return {
        name,
        tarball,
        folder: unpacked,
        manifest: readManifest(unpacked),
      }
    }),
  )
}

/** Runs `pnpm pack` in every public package. */
export async function packPublic(options: readonly string[]): Promise<void> {
  const filters = publicManifests().flatMap(({ manifest }) => ['--filter', manifest.name])
  await pnpm([...filters, 'pack', ...options])
}

/** Packs a private package too: the package manager itself resolves its `workspace:` and `catalog:`. */
export async function packOne(
  path: string,
  folder: string,
): Promise<Pick<Packed, 'tarball' | 'manifest'>> {
  const { name, version } = readManifest(path)
  const tarball = join(folder, `${name.slice(1).replace('/', '-')}-${version}.tgz`)
  await pnpm(['--filter', name, 'pack', '--pack-destination', folder])
  const text = await run('tar', ['-xzOf', tarball, 'package/package.json'], { cwd: folder })
  return { tarball, manifest: JSON.parse(text) as Manifest }
}

/** By the command in `PNPM`, where a release names one whose hash was checked. */
async function pnpm(args: readonly string[]): Promise<void> {
  const given = process.env['PNPM']
  if (given) await run(given, args, { cwd: REPOSITORY })
  else await run('npx', ['-y', packageManager(), ...args], { cwd: REPOSITORY })
}

function packageManager(): string {
  const { packageManager: name } = readManifest('.')
  if (name === undefined) throw new Error('package.json at the root names no packageManager.')
  return name
}
