// The copy in which faults are tried, and its tests.
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { REPOSITORY } from '../public-packages.ts'
import { type Fault, packageOf } from './fault.ts'

/** A git worktree in the folder for temporary files: the sources of this clone stay as they are. */
export const COPY = join(tmpdir(), 'capi-mutate')
/** Tests that read what was built, or measure a build: no fault in a source can show there. */
const WITHOUT = [
  '**/isomorphic.test.ts',
  '**/bundle.test.ts',
  '**/built.test.ts',
  '**/size.test.ts',
]
/** Test files that take no longer are run before the others. */
const QUICK_MS = 500
/** A fault may let a test wait forever. */
const TIMEOUT_MS = 400_000

function sh(command: string, ...args: string[]): void {
  const { status } = spawnSync(command, args, {
    cwd: existsSync(COPY) ? COPY : REPOSITORY,
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`)
}

/** A worktree at the last commit of this clone, installed and built. */
export function prepareCopy(): void {
  const head = spawnSync('git', ['rev-parse', 'HEAD'], {
    cwd: REPOSITORY,
    encoding: 'utf8',
  }).stdout.trim()
  if (!existsSync(COPY)) sh('git', 'worktree', 'add', '--detach', COPY, head)
  sh('git', 'checkout', '--quiet', '--force', '--detach', head)
  sh('npx', '-y', 'pnpm@12.21.0', 'install', '--frozen-lockfile', '--silent')
  // Workers, command lines and bundles of the tests read sources; what else is loaded from `dist` may be of an earlier commit.
  const turbo = ['turbo', 'run', 'build', '--filter=./packages/*', '--output-logs=errors-only']
  if (!existsSync(join(COPY, 'packages/core/dist')))
    sh('npx', '-y', 'pnpm@12.21.0', 'exec', ...turbo)
}

/** The first test that failed; `undefined` when all passed. */
export function firstFailure(
  project: string,
  files: readonly string[],
  { more = [], pace = 'quick' }: { readonly more?: readonly string[]; readonly pace?: string } = {},
): string | undefined {
  const { status, stdout, stderr, signal } = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      `--project=${project}`,
      '--bail=1',
      '--typecheck.enabled=false',
      '--passWithNoTests',
      ...WITHOUT.map((pattern) => `--exclude=${pattern}`),
      ...more,
      ...files,
    ],
    {
      cwd: COPY,
      encoding: 'utf8',
      timeout: TIMEOUT_MS,
      maxBuffer: 2 ** 28,
      env: { ...process.env, NO_COLOR: '1', CAPI_TESTS: pace },
    },
  )
  if (status === 0) return undefined
  if (signal !== null) return `${project}: no end within ${TIMEOUT_MS / 1000} s`
  return (
    /^ *FAIL +(.+)$/m.exec(stdout + stderr)?.[1]?.trim() ??
    `${project}: the run ended with ${status}`
  )
}

/** A package's test files: those that take half a second at most, and the rest. Measured once in each copy. */
function timedFiles(name: string): readonly (readonly string[])[] {
  const output = join(COPY, `.mutate-${name}.json`)
  if (!existsSync(output)) {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`]
    const trouble = firstFailure(name, [], { more: reporters })
    if (trouble !== undefined) throw new Error(`Without any fault, a test fails: ${trouble}`)
  }
  const { testResults }: Durations = JSON.parse(readFileSync(output, 'utf8'))
  const isQuick = ({ startTime, endTime }: Durations['testResults'][number]) =>
    endTime - startTime < QUICK_MS
  const parts = [testResults.filter(isQuick), testResults.filter((one) => !isQuick(one))]
  return parts.map((part) => part.map((one) => one.name).filter((file) => existsSync(file)))
}

interface Durations {
  readonly testResults: readonly {
    readonly name: string
    readonly startTime: number
    readonly endTime: number
  }[]
}

/** As many of those that mention a file. */
const MOST = 6

/** Tests of its name, and of its folder; else those that mention it, or its folder. */
function nearTests({ file }: Fault): readonly string[] {
  const home = join(COPY, 'packages', file.split('/')[1] ?? '')
  const folder = dirname(relative(join(home, 'src'), join(COPY, file)))
  const name = basename(file, '.ts')
  const all = globSync(`${home}/test/**/*.test.ts`).filter((one) => !one.endsWith('.slow.test.ts'))
  const near = all.filter(
    (one) => basename(one).startsWith(name) || (folder !== '.' && one.includes(`/test/${folder}/`)),
  )
  if (near.length > 0) return near
  const mentions = (word: string) =>
    all
      .filter((one) => new RegExp(`\\b${word}\\b`, 'i').test(readFileSync(one, 'utf8')))
      .slice(0, MOST)
  const named = mentions(name)
  return named.length > 0 ? named : mentions(basename(folder))
}

/** What only the tests near to it say: undefined where they do not see it. */
export const caughtNear = (fault: Fault): string | undefined => {
  const near = nearTests(fault)
  return near.length > 0 ? firstFailure(packageOf(fault), near) : undefined
}

/** First the tests near to it, then the quick ones, then all others, then `test:slow`: most faults show soon. */
export function caughtBy(fault: Fault): string {
  const seen = caughtNear(fault)
  if (seen !== undefined) return seen
  const near = nearTests(fault)
  for (const part of timedFiles(packageOf(fault))) {
    const files = part.filter((file) => !near.includes(file))
    const failure = files.length > 0 ? firstFailure(packageOf(fault), files) : undefined
    if (failure !== undefined) return failure
  }
  const figures = firstFailure('tools', ['tools/test/documented-figures.test.ts'])
  return figures ?? firstFailure(packageOf(fault), [], { pace: 'slow' }) ?? ''
}
