import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, unknown>>
  readonly bin?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

export interface PublicPackage {
  readonly folder: string
  readonly manifest: Manifest
}

/** Every package that would be published: found, not listed, so that a new one is checked too. */
export function publicPackages(): readonly PublicPackage[] {
  return globSync('packages/*/package.json', { cwd: REPOSITORY })
    .sort()
    .map((path) => ({
      folder: join(REPOSITORY, dirname(path)),
      manifest: readManifest(join(REPOSITORY, path)),
    }))
    .filter(({ manifest }) => manifest.private !== true)
}

export function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest
}

/** What an application imports: `@capi/core`, `@capi/core/phone`, … */
export function entriesOf({ name, exports = {} }: Manifest): readonly string[] {
  return Object.keys(exports)
    .filter((path) => path !== './package.json')
    .map((path) => name + path.slice(1))
}
