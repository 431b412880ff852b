import { build as bundle } from 'esbuild'
import { type Build, type Builds, coreDist } from '../baseline.ts'
import type { Figure, Measurement } from '../figure.ts'

/** Minified KB at commit 20fd03d, the last before core was made smaller: with the rulings, the outbox kit and the bounded memory. */
const BEFORE = { all: 156.7, buildEvent: 75.2 }
const LESS = 11

async function kilobytes(build: Build, contents: string): Promise<number> {
  const { outputFiles } = await bundle({
    stdin: { contents, resolveDir: coreDist(build) },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  })
  return (outputFiles[0]?.contents.length ?? 0) / 1024
}

async function measure({ today, now }: Builds): Promise<readonly Figure[]> {
  const [all, one] = [`export * from './index.js'`, `export { buildEvent } from './index.js'`]
  const bound =
    'The rules, their tables and the texts of issues; a bundle for Node leaves the portable SHA-256 out.'
  return [
    {
      name: 'Bundle of core on Node, minified KB',
      today: await kilobytes(today, all),
      now: await kilobytes(now, all),
      atMost: BEFORE.all - LESS,
      bound,
    },
    {
      name: 'Bundle of buildEvent alone, minified KB',
      today: await kilobytes(today, one),
      now: await kilobytes(now, one),
      atMost: BEFORE.buildEvent - LESS,
      bound,
    },
    {
      name: 'Bundle of @capi/core/click-id, minified KB',
      now: await kilobytes(now, `export * from '${now.packages}/core/dist/click-id.js'`),
      atMost: 4,
      bound: 'The form of fbc and fbp, and the names of the cookies.',
    },
  ]
}

export const size: Measurement = { title: 'sizes', measure }
