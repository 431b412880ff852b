import { build } from 'esbuild'

/** How the package's size is measured, and how the script for pages without a bundler is made. */
export async function bundle(entry: string, format: 'iife' | 'esm'): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [new URL(`../src/${entry}.ts`, import.meta.url).pathname],
    bundle: true,
    minify: true,
    write: false,
    format,
    target: 'es2022',
    platform: 'browser',
    external: ['react'],
    // The strictness of this repository's own settings would add a line.
    tsconfigRaw: {},
  })
  return outputFiles.map(({ text }) => text.trim()).join('')
}
