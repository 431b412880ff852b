import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { publicPackages } from '../generate/packages.ts'
import { REPOSITORY } from '../generate/places.ts'
import { referenceSlug } from '../generate/reference.ts'
import { builtPages } from './built-site.ts'

const pages = new Map(builtPages().map((page) => [page.address, page.html]))
const entries = publicPackages().flatMap((one) => one.entries)

/** Names for our own packages alone: the reference leaves them out. */
const internal = new Set(
  globSync('packages/*/src/**/*.ts', { cwd: REPOSITORY }).flatMap((file) =>
    [
      ...readFileSync(join(REPOSITORY, file), 'utf8').matchAll(
        /@internal\s+\*\/\nexport (?:async )?(?:function|const|interface|type) (\w+)/g,
      ),
    ].map(([, name]) => name),
  ),
)

describe.each(entries)('the reference of $specifier', ({ specifier, source }) => {
  it('has every public name under a heading of its own, and no other', () => {
    const html = pages.get(`/${referenceSlug(specifier)}/`) ?? ''
    const headings = [...html.matchAll(/<h3 id="[^"]*">(?:abstract )?(\w+)/g)].map(
      ([, name]) => name,
    )
    const names = exportsOf(readFileSync(source, 'utf8'))
    expect(new Set(headings)).toEqual(new Set(names.filter((name) => !internal.has(name))))
  })
})

it('knows every package that can be imported', () => {
  expect(new Set(entries.map(({ specifier }) => specifier.split('/')[1]))).toEqual(
    new Set(
      publicPackages().flatMap(({ folder, entries }) => (entries.length > 0 ? [folder] : [])),
    ),
  )
})

/** Read from the text, so that it does not depend on the tool it judges. */
function exportsOf(source: string): string[] {
  const lists = [...source.matchAll(/^export (?:type )?\{(.*?)\}/gms)].flatMap(([, list = '']) =>
    list.split(',').map((one) => one.replace('type ', '').split(' as ').at(-1)?.trim() ?? ''),
  )
  const declared = [
    ...source.matchAll(
      /^export (?:declare |abstract )*(?:async )?(?:function|class|const|interface|type) (\w+)/gm,
    ),
  ].map(([, name = '']) => name)
  return [...lists, ...declared].filter(Boolean)
}
