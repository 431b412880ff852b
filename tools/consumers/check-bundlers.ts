import { cpSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install, tarballsOf } from './install.ts'
import { run } from './run.ts'
import type { Workshop } from './workshop.ts'

export const SHOP = join(fileURLToPath(new URL('./programs', import.meta.url)), 'bundled/shop.mjs')
const OURS = ['@capi/core', '@capi/emulator', '@capi/express', '@capi/sqlite']

const TOOLS = {
  '@rollup/plugin-commonjs': '29.0.3',
  '@rollup/plugin-json': '6.1.0',
  '@rollup/plugin-node-resolve': '16.0.3',
  '@vercel/ncc': '0.45.0',
  esbuild: '0.28.2',
  express: '5.3.0',
  rollup: '4.68.7',
  tsup: '9.0.0',
  typescript: '6.0.3',
  vite: '8.3.8',
  webpack: '5.113.0',
}

interface Bundler {
  readonly name: string
  /** Bundles `shop.mjs` into `out`, with or without @capi/sqlite. */
  readonly command: (
    out: string,
    isExternal: boolean,
  ) => readonly [command: string, ...args: string[]]
  /** What it makes, in `out`. */
  readonly file: string
  /** Written beside the shop, when it configures by a file. */
  readonly config?: (out: string, isExternal: boolean) => Readonly<Record<string, string>>
}

const EXTERNAL = "['@capi/sqlite']"

const BUNDLERS: readonly Bundler[] = [
  ...(['esm', 'cjs'] as const).map((format): Bundler => {
    const file = format === 'esm' ? 'shop.mjs' : 'shop.cjs'
    // Express is CommonJS: in an ES module its require() needs one.
    const banner =
      '--banner:js=import { createRequire } from "node:module"; const require = createRequire(import.meta.url);'
    return {
      name: `esbuild ${format}`,
      file,
      command: (out, isExternal) => [
        'esbuild',
        'shop.mjs',
        '--bundle',
        '--platform=node',
        '--log-level=error',
        `--format=${format}`,
        `--outfile=${out}/${file}`,
        ...(format === 'esm' ? [banner] : []),
        ...(isExternal ? ['--external:@capi/sqlite'] : []),
      ],
    }
  }),
  {
    name: 'ncc',
    file: 'index.mjs',
    command: (out, isExternal) => [
      'ncc',
      'build',
      'shop.mjs',
      '-q',
      '-o',
      out,
      ...(isExternal ? ['--external', '@capi/sqlite'] : []),
    ],
  },
  {
    name: 'webpack',
    file: 'shop.mjs',
    command: () => ['node', 'webpack.mjs'],
    config: (out, isExternal) => ({
      'webpack.mjs': `import webpack from 'webpack'
webpack({
  mode: 'production', optimization: { minimize: false }, target: 'node22', entry: './shop.mjs', experiments: { outputModule: true },
  output: { path: ${JSON.stringify(out)}, filename: 'shop.mjs', module: true, library: { type: 'module' } },
  externalsType: 'module', externals: ${isExternal ? EXTERNAL : '[]'},
}, (error, stats) => {
  if (!error && !stats.hasErrors()) return
  console.error(error ?? stats.toString('errors-only'))
  process.exit(1)
})`,
    }),
  },
  {
    name: 'rollup',
    file: 'shop.mjs',
    command: () => ['rollup', '--silent', '-c', 'rollup.mjs'],
    config: (out, isExternal) => ({
      'rollup.mjs': `import commonjs from '@rollup/plugin-commonjs'
import json from '@rollup/plugin-json'
import { nodeResolve } from '@rollup/plugin-node-resolve'
export default {
  input: 'shop.mjs', external: ${isExternal ? EXTERNAL : '[]'},
  output: { file: ${JSON.stringify(`${out}/shop.mjs`)}, format: 'es', inlineDynamicImports: true },
  plugins: [nodeResolve({ preferBuiltins: true, exportConditions: ['node'] }), commonjs(), json()],
}`,
    }),
  },
  {
    name: 'Vite SSR',
    file: 'shop.js',
    command: () => ['vite', 'build', '--config', 'vite.mjs', '--logLevel', 'error'],
    config: (out, isExternal) => ({
      'vite.mjs': `export default {
  build: { ssr: 'shop.mjs', outDir: ${JSON.stringify(out)}, emptyOutDir: true, target: 'node22' },
  ssr: { noExternal: ${isExternal ? '[/^@capi\\/(?!sqlite)/]' : '[/^@capi\\//]'}, external: ${isExternal ? EXTERNAL : '[]'} },
}`,
    }),
  },
  {
    name: 'tsup',
    file: 'shop.js',
    command: () => ['tsup', '--config', 'tsup.mjs', '--silent'],
    config: (out, isExternal) => ({
      'tsup.mjs': `export default {
  entry: ['shop.mjs'], format: ['esm'], outDir: ${JSON.stringify(out)},
  noExternal: [${isExternal ? '/^@capi\\/(?!sqlite)/' : '/^@capi\\//'}], external: ${isExternal ? EXTERNAL : '[]'},
}`,
    }),
  },
]

/**
 * The shop, bundled. With all of it in the bundle it stops at the start and says what to write; with that written an order
 * arrives. webpack leaves the build machine's paths inside, so the packages are moved away before the first is run.
 */
export async function checkBundlers({ root, packed, rows }: Workshop): Promise<void> {
  const folder = join(root, 'bundlers')
  const isInstalled = await rows.check('bundlers | npm install', () =>
    install(folder, { ...TOOLS, ...tarballsOf(OURS, packed) }),
  )
  if (!isInstalled) return
  cpSync(SHOP, join(folder, 'shop.mjs'))
  const sqlite = join(folder, 'node_modules/@capi/sqlite')
  for (const bundler of BUNDLERS) {
    await rows.check(
      `bundlers | ${bundler.name} | all in one: stops at the start, and says what to write`,
      async () => {
        const file = await bundle(folder, bundler, false)
        await rename(sqlite, `${sqlite}-away`)
        try {
          const said = await run(process.execPath, [file], { cwd: folder, timeoutMs: 60_000 }).then(
            (output) => `it started: ${output}`,
            (error: Error) => error.message,
          )
          if (
            !/ended with 3\nstopped: config_invalid: sqliteOutbox .*external.*@capi\/sqlite.*worker_missing/.test(
              said,
            )
          )
            throw new Error(said)
        } finally {
          await rename(`${sqlite}-away`, sqlite)
        }
      },
    )
    await rows.check(
      `bundlers | ${bundler.name} | without @capi/sqlite: an order arrives`,
      async () => {
        const file = await bundle(folder, bundler, true)
        assertArrived(await run(process.execPath, [file], { cwd: folder, timeoutMs: 60_000 }))
      },
    )
  }
}

async function bundle(folder: string, bundler: Bundler, isExternal: boolean): Promise<string> {
  const out = join(
    folder,
    `out-${bundler.name.replace(' ', '-')}-${isExternal ? 'external' : 'all'}`,
  )
  await mkdir(out, { recursive: true })
  for (const [name, text] of Object.entries(bundler.config?.(out, isExternal) ?? {}))
    await writeFile(join(folder, name), text)
  const [command, ...args] = bundler.command(out, isExternal)
  const bin = command === 'node' ? process.execPath : join(folder, 'node_modules/.bin', command)
  await run(bin, args, { cwd: folder })
  return join(out, bundler.file)
}

export function assertArrived(output: string): void {
  if (!output.includes('accepted and arrived')) throw new Error(output)
}
