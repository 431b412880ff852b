import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Wherever a tool is started. */
export const REPOSITORY = fileURLToPath(new URL('..', import.meta.url))

/** What the tools read of a package's manifest. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly license?: string
  readonly description?: string
  readonly keywords?: readonly string[]
  readonly engines?: { readonly node?: string }
  readonly files?: readonly string[]
  readonly sideEffects?: boolean | readonly string[]
  readonly exports?: Readonly<Record<string, unknown>>
  readonly publishConfig?: { readonly access?: string; readonly provenance?: boolean }
  readonly repository?: unknown
  readonly bugs?: unknown
  readonly homepage?: string
  readonly bin?: Readonly<Record<string, string>>
  readonly packageManager?: string
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** One way to import a package: `.` is named `index`, `./phone` is `phone`. */
export interface Entry {
  readonly name: string
  /** What the user writes after `import … from`. */
  readonly specifier: string
  /** The built declarations, from the repository's root. */
  readonly types: string
  /** The built ES module, from the repository's root. */
  readonly module: string
}

export interface PublicPackage {
  /** From the repository's root: `packages/core`. */
  readonly folder: string
  readonly manifest: Manifest
  readonly entries: readonly Entry[]
}

interface ImportTarget {
  readonly types: string
  readonly default: string
}

function importTarget(condition: unknown): ImportTarget | undefined {
  if (typeof condition !== 'object' || condition === null || !('import' in condition)) return
  const target = condition.import
  if (typeof target !== 'object' || target === null) return
  if (!('types' in target && 'default' in target)) return
  if (typeof target.types !== 'string' || typeof target.default !== 'string') return
  return { types: target.types, default: target.default }
}

/** @param folder from the repository's root, or from the root of the disk */
export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(resolve(REPOSITORY, folder, 'package.json'), 'utf8'))
}

/** What an application imports: `@capi/core`, `@capi/core/phone`, … */
export function specifiersOf({ name, exports = {} }: Manifest): readonly string[] {
  return Object.keys(exports)
    .filter((path) => path !== './package.json')
    .map((path) => name + path.slice(1))
}

function entriesOf(folder: string, manifest: Manifest): Entry[] {
  return Object.entries(manifest.exports ?? {}).flatMap(([path, condition]) => {
    const target = importTarget(condition)
    if (target === undefined) return []
    const name = path === '.' ? 'index' : path.slice(2)
    const specifier = path === '.' ? manifest.name : `${manifest.name}/${name}`
    const types = join(folder, target.types)
    return [{ name, specifier, types, module: join(folder, target.default) }]
  })
}

/** Every package that is published, by name. */
export function publicManifests(): { readonly folder: string; readonly manifest: Manifest }[] {
  return globSync('packages/*/package.json', { cwd: REPOSITORY })
    .map((file) => dirname(file))
    .sort()
    .map((folder) => ({ folder, manifest: readManifest(folder) }))
    .filter(({ manifest }) => manifest.private !== true)
}

/** The same with their entries. @throws when one of them is not built. */
export function publicPackages(): PublicPackage[] {
  const packages = publicManifests().map(({ folder, manifest }) => ({
    folder,
    manifest,
    entries: entriesOf(folder, manifest),
  }))
  for (const { types } of packages.flatMap(({ entries }) => entries)) {
    if (!existsSync(types)) throw new Error(`${types} is missing: run npx -y pnpm@12.21.0 build`)
  }
  return packages
}
