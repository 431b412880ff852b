import { cpSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Packed } from './pack.ts'
import { type Registry, startRegistry } from './registry.ts'
import type { Workshop } from './workshop.ts'

/** Two releases of this tree. Nothing is published yet: once it is, the first becomes the last version on npm. */
export const RELEASES = ['0.1.0', '0.2.0'] as const

/** A registry that holds the packed packages as both releases, as one would publish them. */
export async function publishReleases(
  { root, packed }: Workshop,
  versions: readonly string[] = RELEASES,
): Promise<Registry> {
  const registry = await startRegistry(join(root, 'registry'), join(root, 'toolchains'))
  try {
    for (const version of versions)
      for (const one of packed) {
        const folder = join(root, 'releases', version, one.name)
        await release(one, version, folder)
        await registry.publish(folder)
      }
  } catch (error) {
    await registry.close()
    throw error
  }
  return registry
}

async function release({ folder, manifest }: Packed, version: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true })
  cpSync(folder, to, { recursive: true })
  const dependencies = Object.entries(manifest.dependencies ?? {}).map(([name, range]) => [
    name,
    name.startsWith('@capi/') ? `^${version}` : range,
  ])
  const released = {
    ...manifest,
    version,
    dependencies: Object.fromEntries(dependencies) as object,
  }
  await writeFile(join(to, 'package.json'), JSON.stringify(released, null, 2))
}
