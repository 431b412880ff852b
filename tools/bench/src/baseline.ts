import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The commit that the column `today` stands for: the toolkit before it was made faster. Its names are the old ones. */
const BASELINE = '2683b38'

export const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url))
const FOLDER = `${REPOSITORY}.bench/${BASELINE}`
const BUILT = `${FOLDER}/.built`
const NEEDED = ['core', 'express', 'nest', 'emulator']

/** One build of the repository: where its packages lie. */
export interface Build {
  readonly name: 'today' | 'now'
  readonly packages: string
}

export interface Builds {
  readonly today: Build
  readonly now: Build
}

/** Core's folder of built files that Node.js loads: newer builds have one of their own for it. */
export function coreDist({ packages }: Build): string {
  const dist = `${packages}/core/dist`
  return existsSync(`${dist}/node`) ? `${dist}/node` : dist
}

/** Both builds. The first call makes the older one from the history, which takes a minute, and keeps it in an ignored folder. */
export function builds(): Builds {
  if (!existsSync(BUILT)) makeBaseline()
  return {
    today: { name: 'today', packages: `${FOLDER}/packages` },
    now: { name: 'now', packages: `${REPOSITORY}packages` },
  }
}

function makeBaseline(): void {
  console.log(`Building commit ${BASELINE} once, to compare with.`)
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  const git = spawnSync('git', ['archive', '--format=tar', BASELINE], {
    cwd: REPOSITORY,
    maxBuffer: 2 ** 30,
  })
  if (git.status !== 0)
    throw new Error(
      `The history has no commit ${BASELINE}, so there is nothing to compare with. Fetch the whole history: git fetch --unshallow.`,
    )
  execFileSync('tar', ['-x'], { cwd: FOLDER, input: git.stdout })
  const filters = NEEDED.map((name) => `--filter=@capi/${name}`)
  const pnpm = (...args: string[]) =>
    execFileSync('npx', ['-y', 'pnpm@12.21.0', ...args], {
      cwd: FOLDER,
      stdio: 'inherit',
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
    })
  pnpm(
    'install',
    '--frozen-lockfile',
    ...NEEDED.map((name) => `--filter-prod=@capi/${name}...`),
    '--filter=capi-monorepo',
  )
  pnpm('exec', 'turbo', 'run', 'build', ...filters, '--output-logs=errors-only')
  writeFileSync(BUILT, '')
}
