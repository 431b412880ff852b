import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { type Counts, closingLine, countsFile, sum } from '@capi/config/counts'
import { REPOSITORY } from './public-packages.ts'

/**
 * Runs the tests of every package as tasks that turbo keeps: a package is tested again when its files, or what it
 * stands on, changed. Ends with one line that sums up all, the kept ones too.
 */
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/google-chrome']

const onPath = (name: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))

/** What decides which tests are skipped, and what they run on: part of each task's hash. */
const machine = [
  process.platform,
  process.arch,
  process.version,
  `user ${process.getuid?.()}`,
  onPath('redis-server') && 'redis',
  CHROMIUM.some((path) => existsSync(path)) && 'chromium',
].filter(Boolean)

// The second half of the processors belongs to the second package that is tested at the same time.
const workers = Math.max(1, Math.floor(availableParallelism() / 2))
const tested = globSync(
  [
    'vitest.config.ts',
    'packages/**/vitest.config.ts',
    'apps/*/vitest.config.ts',
    'tools/*/vitest.config.ts',
  ],
  {
    cwd: REPOSITORY,
    exclude: (path) => path.includes('node_modules'),
  },
)
  .filter((path) => existsSync(join(REPOSITORY, dirname(path), 'package.json')))
  .map((path) => join(REPOSITORY, dirname(path), countsFile))
for (const file of tested) rmSync(file, { force: true })

const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/turbo/bin/turbo',
    'run',
    'test',
    'test:tools',
    '--continue=always',
    '--concurrency=2',
    '--output-logs=errors-only',
  ],
  {
    cwd: REPOSITORY,
    stdio: 'inherit',
    env: {
      VITEST_MAX_WORKERS: String(workers),
      ...process.env,
      TURBO_TELEMETRY_DISABLED: '1',
      CAPI_MACHINE: machine.join(', '),
    },
  },
)

const counts = tested.map((file): Counts => {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  console.log(`${dirname(dirname(file))}: the tests did not end.`)
  return { passed: 0, failed: 1, skipped: 0 }
})
const total = sum(counts)
console.log(closingLine(total))
process.exitCode = status === 0 && total.failed === 0 ? 0 : 1
