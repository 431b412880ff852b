import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { publicManifests, REPOSITORY } from '../public-packages.ts'
import { getDependencyReleaseLine, getReleaseLine } from '../release/changelog.ts'
import { printedSteps } from '../release/rehearse/printed-steps.ts'
import { type Released, releaseBlockers } from '../release/release-blockers.ts'

const config = JSON.parse(readFileSync(join(REPOSITORY, '.changeset/config.json'), 'utf8')) as {
  readonly fixed: readonly (readonly string[])[]
  readonly privatePackages: { readonly version: boolean }
}

it('gives every published package the same version, and private ones none', () => {
  expect(config.fixed).toEqual([['@capi/*']])
  for (const { manifest } of publicManifests()) expect(manifest.name).toMatch(/^@capi\/[a-z0-9-]+$/)
  expect(new Set(publicManifests().map(({ manifest }) => manifest.version)).size).toBe(1)
  expect(config.privatePackages.version).toBe(false)
})

describe('a release', () => {
  const url = 'git+https://github.com/acme/capi.git'
  const repository = { type: 'git', url, directory: 'packages/known' }
  const bugs = { url: 'https://github.com/acme/capi/issues' }
  const homepage = 'https://capi.example/'
  const origin = { repository: 'acme/capi', codeowners: '* @acme/maintainers' }
  const known = (fields: object = {}): Released => ({
    folder: 'packages/known',
    manifest: { name: '@capi/known', version: '1.0.0', repository, bugs, homepage, ...fields },
  })

  it('goes on where every manifest says where it comes from', () => {
    expect(releaseBlockers([known()], origin)).toEqual([])
    expect(
      releaseBlockers([known({ bugs: bugs.url })], { ...origin, repository: undefined }),
    ).toEqual([])
  })

  it('stops where one says nothing, and names all that is missing', () => {
    const unknown = {
      folder: 'packages/unknown',
      manifest: { name: '@capi/unknown', version: '1.0.0' },
    }
    const blockers = releaseBlockers([known(), unknown], origin)
    expect(blockers.map((line) => line.split(' ')[0])).toEqual([
      'repository.url',
      'repository.directory',
      'bugs.url',
      'homepage',
    ])
    for (const blocker of blockers) expect(blocker).toMatch(/ In @capi\/unknown: missing\.$/)
  })

  it.each([
    ['an empty repository', { repository: {} }, /^repository\.url .*missing/],
    ['a shorthand', { repository: 'acme/capi' }, /^repository\.url .*missing/],
    [
      'no protocol of git',
      { repository: { ...repository, url: 'https://github.com/acme/capi' } },
      /is https:/,
    ],
    ['no type', { repository: { url, directory: 'packages/known' } }, /type must be git/],
    [
      'another repository',
      { repository: { ...repository, url: url.replace('acme', 'fork') } },
      /is fork\/capi, and the workflow runs in acme\/capi/,
    ],
    [
      'another folder',
      { repository: { ...repository, directory: 'packages/core' } },
      /not packages\/known/,
    ],
    ['an address that is none', { homepage: 'x:y' }, /^homepage .*is x:y/],
    [
      'bugs of another repository',
      { bugs: { url: 'https://github.com/acme/other/issues' } },
      /not of acme\/capi/,
    ],
  ])('stops for %s', (_what, fields, line) => {
    expect(releaseBlockers([known(fields)], origin)).toEqual(
      expect.arrayContaining([expect.stringMatching(line)]),
    )
  })

  it('stops where no team reviews', () => {
    expect(releaseBlockers([known()], { ...origin, codeowners: '* @OWNER/maintainers' })).toEqual([
      '.github/CODEOWNERS names @OWNER: write the team that reviews.',
    ])
  })
})

it('finds the steps by hand, which the rehearsal runs as they are printed', () => {
  expect(printedSteps(readFileSync(join(REPOSITORY, 'CONTRIBUTING.md'), 'utf8'))).toHaveLength(2)
  expect(() => printedSteps('\n## Releasing\n\n```sh\nnpm publish\n```\n')).toThrow(/two lines/)
})

describe('a changelog', () => {
  it('holds the text of a changeset, without a hash that leads nowhere', () => {
    const changeset = { summary: 'Was, is.\n\n- What to do.\n', commit: 'c36e861' }
    expect(getReleaseLine(changeset)).toBe('- Was, is.\n\n  - What to do.')
  })

  it('of a package that only moved along says with what, and what that brought', () => {
    const changesets = [{ summary: '`track` takes a signal.\n\nMore.' }]
    const update = { name: '@capi/core', oldVersion: '0.1.0', newVersion: '0.2.0' }
    expect(getDependencyReleaseLine(changesets, [update])).toBe(
      '- Needs `@capi/core@0.2.0`: update all `@capi` packages of an application together. With it came:\n  - `track` takes a signal.',
    )
  })

  it('of a first version says nothing of the packages it needs', () => {
    const update = { name: '@capi/core', oldVersion: '0.0.0', newVersion: '0.1.0' }
    expect(getDependencyReleaseLine([{ summary: 'First version.' }], [update])).toBe('')
  })
})
