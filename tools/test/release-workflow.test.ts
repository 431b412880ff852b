import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { REPOSITORY, readManifest } from '../public-packages.ts'

const read = (path: string) => readFileSync(resolve(REPOSITORY, path), 'utf8')
const workflow = read('.github/workflows/release.yml')
const [, ...parts] = workflow.slice(workflow.indexOf('\njobs:')).split(/^ {2}(?=\w+:$)/m)
const called = parts.filter((text) => text.includes('\n    uses: '))
const jobs = parts
  .filter((text) => !called.includes(text))
  .map((text) => ({ job: text.slice(0, text.indexOf(':')), text }))

const PINNED = `          npm ci --ignore-scripts --prefix .github/pnpm
          echo "$PWD/.github/pnpm/node_modules/@pnpm/exe.linux-x64" >> "$GITHUB_PATH"\n`
const CHANGESETS_ONLY =
  'pnpm install --frozen-lockfile --ignore-scripts --prod --filter capi-monorepo'

it('has the jobs that this test knows', () => {
  expect(jobs.map(({ job }) => job)).toEqual(['mode', 'version', 'pack', 'publish'])
})

it('packs when every job of CI has passed, on a tree that no cache has touched', () => {
  expect(called).toEqual([
    'ci:\n    uses: ./.github/workflows/ci.yml\n    permissions:\n      contents: read\n\n',
  ])
  expect(jobs.find(({ job }) => job === 'pack')?.text).toContain('needs: [ci, mode]')
  expect(jobs.find(({ job }) => job === 'publish')?.text).toContain('needs: pack')
  expect(workflow).not.toMatch(/actions\/(?:cache|setup)[@\n/]/)
  expect(read('.github/workflows/ci.yml')).toContain('\n  workflow_call:\n')
})

describe.each(jobs)('the job $job of a release', ({ job, text }) => {
  it('runs the pnpm whose hash was checked, and no other', () => {
    expect(text).toContain(PINNED)
    expect(text).not.toMatch(/\bnpx\b|--global|corepack/)
  })

  it('installs what changesets needs without running a script, or holds no right', () => {
    const installs = [...text.matchAll(/\bp?npm (?:install|i|add)\b.*/g)].map(([line]) => line)
    expect(installs).toEqual(job === 'pack' ? [] : [CHANGESETS_ONLY])
    if (job === 'pack') expect(text).not.toMatch(/: write/)
  })
})

describe('the pnpm of a release', () => {
  const { dependencies } = readManifest('.github/pnpm')
  const { packages } = JSON.parse(read('.github/pnpm/package-lock.json')) as {
    readonly packages: Readonly<Record<string, { version?: string; integrity?: string }>>
  }

  it('is the one that everybody else runs', () => {
    const [name, version] = readManifest('.').packageManager?.split('@') ?? []
    expect(name).toBe('pnpm')
    expect(dependencies).toEqual({ '@pnpm/exe.linux-x64': version })
  })

  it('is pinned by hash, with all that comes along', () => {
    const { '': own, ...installed } = packages
    expect(own).toMatchObject({ dependencies })
    expect(Object.keys(installed)).toEqual(['node_modules/@pnpm/exe.linux-x64'])
    for (const { integrity } of Object.values(installed))
      expect(integrity).toMatch(/^sha512-.{86}==$/)
  })
})

it('has nothing but changesets among the dependencies of the root', () => {
  expect(Object.keys(readManifest('.').dependencies ?? {})).toEqual(['@changesets/cli'])
})
