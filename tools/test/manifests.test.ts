import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Manifest, publicManifests } from '../public-packages.ts'

/** Plain JavaScript, as pnpm wants it. */
const { hooks } = (await import(`${import.meta.dirname}/../../.pnpmfile.mjs`)) as {
  readonly hooks: { readonly beforePacking: (manifest: object) => Partial<Manifest> }
}

const root = resolve(import.meta.dirname, '../..')
process.chdir(root)

describe.each(publicManifests())('the manifest of $manifest.name', ({ folder, manifest }) => {
  it('says what it is, under which licence, and on which Node.js it runs', () => {
    expect(manifest.license).toBe('MIT')
    expect(manifest.engines).toEqual({ node: '>=22.13' })
    expect(manifest.description).toMatch(/^Meta Conversions API.{10,120}\.$/)
    expect(manifest.keywords).toEqual(expect.arrayContaining(['conversions-api', 'facebook-pixel']))
    expect(new Set(manifest.keywords).size).toBe(manifest.keywords?.length)
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

describe('a packed manifest', () => {
  const packed = hooks.beforePacking({
    name: '@capi/any',
    exports: { '.': { '@capi/source': './src/index.ts', import: './dist/index.js' } },
    scripts: { prepack: 'turbo run build' },
    dependencies: { '@capi/core': '^0.1.0', hono: '4.13.19', pg: '8.0.0 || 9.0.0' },
    devDependencies: { '@capi/testing': '0.0.0' },
  })

  it('takes every compatible version of a dependency, a security fix among them', () => {
    expect(packed.dependencies).toEqual({
      '@capi/core': '^0.1.0',
      hono: '^4.13.19',
      pg: '8.0.0 || 9.0.0',
    })
  })

  it('names no private package, no script and no source', () => {
    expect(JSON.stringify(packed)).not.toMatch(/devDependencies|scripts|@capi\/(?:testing|source)/)
  })

  it('says where the types of each entry are, for a resolution that reads no exports', () => {
    const types = { types: './dist/phone.d.cts', default: './dist/phone.cjs' }
    const manifest = {
      exports: {
        '.': { require: types },
        './phone': { require: types },
        './package.json': './package.json',
      },
    }
    expect(hooks.beforePacking(manifest)).toMatchObject({
      typesVersions: { '*': { phone: ['./dist/phone.d.cts'] } },
    })
  })

  it('of a private package stays as it is', () => {
    const manifest = {
      private: true,
      scripts: { build: 'tsup' },
      devDependencies: { tsup: '9.0.0' },
    }
    expect(hooks.beforePacking(manifest)).toBe(manifest)
  })
})
