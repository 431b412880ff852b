import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { shared } from '@capi/config/tsup'
import { defineConfig, type Options } from 'tsup'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

const ENTRIES = [
  'index',
  'adapter',
  'collector',
  'health',
  'outbox',
  'outbox-test',
  'phone',
  'quality',
]
/** For pages: small, and has none of the others' state. Built by itself, it costs the others no file. */
const CLICK_ID = 'click-id'
const sources = (entries: readonly string[]) => entries.map((name) => `src/${name}.ts`)

/**
 * Each entry loads all of `index`, so that what they share is one chunk and not seven: loading a file takes Node.js as long as
 * reading 20 kB of code. Bundlers leave out what is not used.
 */
const oneChunk: Plugin = {
  name: 'one-chunk',
  setup(build) {
    const entries = ENTRIES.filter((name) => name !== 'index')
    build.onResolve({ filter: /^@all$/ }, () => ({
      path: new URL('src/index.ts', import.meta.url).pathname,
      sideEffects: true,
    }))
    build.onLoad({ filter: new RegExp(`/src/(?:${entries.join('|')})\\.ts$`) }, ({ path }) => ({
      contents: `${readFileSync(path, 'utf8')}\nimport '@all'\n`,
      loader: 'ts',
    }))
  },
}

/** `x.node.ts` takes the place of `x.ts`: Node.js, Bun and Deno have it built in. */
const forNode: Plugin = {
  name: 'for-node',
  setup(build) {
    build.onResolve({ filter: /\/(?:portable-sha256|warm-up)\.ts$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.replace(/ts$/, 'node.ts')),
      sideEffects: false,
    }))
  },
}

const core: Options = {
  ...shared,
  entry: sources(ENTRIES),
  dts: false,
  // Loading it as five modules of its own takes longer than all of core; see docs/decisions/0012.
  noExternal: ['@noble/hashes'],
  esbuildPlugins: [oneChunk],
}

export default defineConfig([
  {
    ...core,
    dts: { entry: sources([...ENTRIES, CLICK_ID]) },
    clean: ['!node', `!${CLICK_ID}.*js*`],
  },
  { ...core, entry: sources([CLICK_ID]), clean: false, esbuildPlugins: [] },
  {
    ...core,
    outDir: 'dist/node',
    esbuildPlugins: [oneChunk, forNode],
  },
])
