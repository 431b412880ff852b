import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
// @boundaries-ignore the same measures as `pnpm sizes`
import { importTimeMs } from '../../sizes/import-time.ts'
// @boundaries-ignore the same
import { dependencyNames, tarballOf } from '../../sizes/installed.ts'
import { REPOSITORY } from './baseline.ts'
import type { Comparison } from './results.ts'

const SDK = 'facebook-nodejs-business-sdk'

/** What Meta's SDK and core cost before their first event. */
export function compare(): Comparison {
  const require = createRequire(join(REPOSITORY, 'packages/core/bench/package.json'))
  const manifest = require.resolve(`${SDK}/package.json`)
  const sdk = { folder: dirname(manifest), module: require.resolve(SDK) }
  const core = { folder: join(REPOSITORY, 'packages/core'), module: require.resolve('@capi/core') }
  const both = (measure: (one: typeof sdk) => number) => ({
    sdk: measure(sdk),
    core: measure(core),
  })
  return {
    sdk: `${SDK} ${require(manifest).version}`,
    dependencies: both(({ folder }) => dependencyNames(folder).size),
    downloadKb: both(({ folder }) => tarballOf(folder).size / 1000),
    loadMs: both(({ module }) => importTimeMs(module)),
  }
}
