import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { BUILT } from '../generate/places.ts'
import { builtPages } from './built-site.ts'

const read = (path: string) => readFileSync(join(BUILT, path), 'utf8')

it('lists every page in llms.txt, as a file of Markdown that is there', () => {
  const listed = [...read('llms.txt').matchAll(/^- \[.+?\]\((.+?)\): \S/gm)].map(
    ([, at = '']) => at,
  )
  const addresses = builtPages().map(({ address }) =>
    address === '/' ? '/index.md' : address.replace(/\/$/, '.md'),
  )
  expect(new Set(listed)).toEqual(new Set(addresses))
  for (const file of listed) expect(existsSync(join(BUILT, file))).toBe(true)
})

it('holds the pages in llms-full.txt, with tables filled in and diagrams in words', () => {
  const full = read('llms-full.txt')
  expect(full).toContain('# Quick start\n')
  expect(full).toContain('### 100 / 2804050')
  expect(full).toContain('(Diagram: The browser’s Pixel reports')
  expect(full).not.toMatch(/<svg|<!-- data/)
})
