import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { REPOSITORY } from './places.ts'

/** A package that users install. */
export interface PublicPackage {
  /** Its folder under `packages`. */
  readonly folder: string
  /** For example `@capi/core`. */
  readonly name: string
  /** One sentence. */
  readonly description: string
  /** What can be imported, and the source that says what is in it. */
  readonly entries: readonly { readonly specifier: string; readonly source: string }[]
}

interface Manifest {
  readonly name: string
  readonly description: string
  readonly private?: boolean
  readonly exports: Readonly<Record<string, { readonly '@capi/source'?: string } | string>>
}

/** Every package that is not private, as its manifest describes it. */
export function publicPackages(): PublicPackage[] {
  const root = join(REPOSITORY, 'packages')
  return globSync('*/package.json', { cwd: root })
    .sort()
    .filter((file) => existsSync(join(root, dirname(file), 'README.md')))
    .flatMap((file) => {
      const manifest: Manifest = JSON.parse(readFileSync(join(root, file), 'utf8'))
      if (manifest.private) return []
      const folder = dirname(file)
      const entries = Object.entries(manifest.exports).flatMap(([path, target]) => {
        const source = typeof target === 'string' ? undefined : target['@capi/source']
        if (source === undefined) return []
        return [
          {
            specifier: `${manifest.name}${path.slice(1)}`,
            source: join(root, folder, source),
          },
        ]
      })
      return [{ folder, name: manifest.name, description: manifest.description, entries }]
    })
}
