import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { type Counts, closingLine, countsFile, type Pace, sum } from '@capi/config/counts'
import { REPOSITORY, readManifest } from './public-packages.ts'

/**
 * Runs the tests of every package as tasks that turbo keeps: a package is tested again when its files, or what it
 * stands on, changed. Ends with one line that sums up all, the kept ones too.
 *
 * `node tools/run-tests.ts` takes the quick ones, `node tools/run-tests.ts slow` the files `*.slow.test.ts`: crashes,
 * browsers, other runtimes, compilers and what is packed.
 */
const pace: Pace = process.argv[2] === 'slow' ? 'slow' : 'quick'
const task = pace === 'slow' ? 'test:slow' : 'test'

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
  .filter((path) => hasTask(dirname(path)))
  .map((path) => join(REPOSITORY, dirname(path), countsFile(pace)))
for (const file of tested) rmSync(file, { force: true })

const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/turbo/bin/turbo',
    'run',
    task,
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
      CAPI_TESTS: pace,
    },
  },
)

const counts = tested.map((file): Counts => {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  console.log(`${file}: the tests did not end.`)
  return { passed: 0, failed: 1, skipped: 0 }
})
const total = sum(counts)
console.log(closingLine(total))
process.exitCode = status === 0 && total.failed === 0 ? 0 : 1

/** The root has both by `test:tools`; the tools without a manifest are among its projects. */
function hasTask(folder: string): boolean {
  if (folder === '.') return true
  if (!existsSync(join(REPOSITORY, folder, 'package.json'))) return false
  return readManifest(folder).scripts?.[task] !== undefined
}
