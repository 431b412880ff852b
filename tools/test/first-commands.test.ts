// A reader's first command may be any that a README names: on a fresh clone nothing is installed before it.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { REPOSITORY, readManifest } from '../public-packages.ts'

const { scripts = {} } = readManifest('.')
const READMES = ['README.md', 'tools/consumers/README.md', 'packages/core/bench/README.md']
const named = READMES.flatMap((file) => [
  ...readFileSync(resolve(REPOSITORY, file), 'utf8').matchAll(/npx -y pnpm@12\.21\.0 ([a-z:]+)/g),
]).map(([, name = '']) => name)

describe.each([...new Set(named)])('pnpm %s', (name) => {
  it('is a script of the root', () => {
    expect(Object.keys(scripts)).toContain(name)
  })

  it('installs what it needs by itself', () => {
    expect(scripts[name]).toMatch(/pnpm install |^pnpm build &&/)
  })
})

describe('pnpm start', () => {
  it('asks for the shop and what it stands on, not for what checks the repository', () => {
    expect(scripts['start']).toContain('--filter-prod @capi-apps/example-express...')
    const shop = readManifest('apps/example-express')
    const root = readManifest('.')
    for (const { dependencies, devDependencies } of [root, shop])
      for (const name of Object.keys(readManifest('tools/checks').devDependencies ?? {}))
        expect({ ...dependencies, ...devDependencies }).not.toHaveProperty(name)
  })
})
