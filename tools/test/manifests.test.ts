import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Manifest, publicManifests } from '../public-packages.ts'
import { releaseBlockers } from '../release/release-blockers.ts'

const root = resolve(import.meta.dirname, '../..')
process.chdir(root)

describe.each(publicManifests())('the manifest of $manifest.name', ({ folder, manifest }) => {
  it('says what it is, under which licence, and on which Node.js it runs', () => {
    expect(manifest.license).toBe('MIT')
    expect(manifest.engines).toEqual({ node: '>=22.13' })
    expect(manifest.description).toMatch(/^Meta Conversions API.{10,120}\.$/)
    expect(manifest.keywords?.length).toBeGreaterThanOrEqual(4)
    expect(manifest.sideEffects).toBeDefined()
  })

  it('publishes the built files, the sources, the changes, and the licence', () => {
    expect(manifest.files).toEqual(expect.arrayContaining(['dist', 'src', 'CHANGELOG.md']))
    expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toBe(readFileSync('LICENSE', 'utf8'))
    expect(existsSync(join(folder, 'README.md'))).toBe(true)
  })

  it('is published in public, with provenance', () => {
    expect(manifest.publishConfig).toEqual({ access: 'public', provenance: true })
  })

  it('is packed after a build, or not at all', () => {
    expect(manifest.scripts?.['prepack']).toMatch(/^turbo run build /)
  })

  it('asks for our own packages by a range of compatible versions, and never as a peer', () => {
    const { dependencies = {}, peerDependencies = {} } = manifest
    const own = Object.entries(dependencies).filter(([name]) => name.startsWith('@capi/'))
    for (const [, range] of own) expect(range).toBe('workspace:^')
    expect(Object.keys(peerDependencies).filter((name) => name.startsWith('@capi/'))).toEqual([])
  })
})

describe('a release', () => {
  const known: Manifest = {
    name: '@capi/known',
    version: '1.0.0',
    repository: { type: 'git', url: 'git+https://git.example/capi.git' },
    homepage: 'https://git.example/capi',
  }

  it('stops where a manifest does not say where it comes from, and names it', () => {
    const blockers = releaseBlockers([known, { name: '@capi/unknown', version: '1.0.0' }])
    expect(blockers).toHaveLength(2)
    for (const blocker of blockers) expect(blocker).toMatch(/Missing in @capi\/unknown\.$/)
  })

  it('goes on where every manifest does', () => {
    expect(releaseBlockers([known])).toEqual([])
  })
})
