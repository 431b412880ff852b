import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

export interface BundleSize {
  readonly minifiedBytes: number
  readonly gzipBytes: number
}

/**
 * The file in one, minified. `external`: packages left out by name; `own` leaves out every package, so that only what
 * the tarball itself brings is counted.
 */
export async function bundleSize(
  file: string,
  external: readonly string[] | 'own',
): Promise<BundleSize> {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
    ...(external === 'own' ? { packages: 'external' } : { external: [...external] }),
  })
  const { contents = new Uint8Array() } = outputFiles[0] ?? {}
  return { minifiedBytes: contents.length, gzipBytes: gzipSync(contents).length }
}
