import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readPages } from '../generate/page.ts'
import { BUILT, CONTENT } from '../generate/places.ts'
import { SECTIONS } from '../src/sidebar.ts'
import { builtPages } from './built-site.ts'

const pages = builtPages()
const byAddress = new Map(pages.map((page) => [page.address, page]))

it('leads every link of every page to something that is there', () => {
  const broken = pages.flatMap(({ address, targets }) =>
    targets.filter((target) => !leadsSomewhere(target, address)).map((to) => `${address} → ${to}`),
  )
  expect(broken).toEqual([])
})

it('names headings once on a page, so that links to them are not a matter of luck', () => {
  const repeated = pages.flatMap(({ address, html }) => {
    const ids = [...html.matchAll(/<[a-z0-9]+[^>]*\sid="([^"]+)"/g)].map(([, id = '']) => id)
    return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${address}#${id}`)
  })
  expect(repeated).toEqual([])
})

it('shows every page that somebody wrote at the side', () => {
  const listed = SECTIONS.flatMap((section) => ('folder' in section.pages ? [] : section.pages))
  expect(readPages(CONTENT).map(({ slug }) => slug)).toEqual([...listed].sort())
  const shown = byAddress.get('/quick-start/')?.targets ?? []
  for (const slug of listed) expect(shown).toContain(slug === 'index' ? '/' : `/${slug}/`)
})

it('loads nothing from another host', () => {
  const foreign = pages.flatMap(({ address, html }) =>
    [
      ...html.matchAll(/<(?:script|link|img|iframe)\s[^>]*(?:src|href)="(?:https?:)?\/\/[^>]*>/g),
    ].map(([tag]) => `${address} ${tag}`),
  )
  expect(foreign).toEqual([])
})

function leadsSomewhere(target: string, from: string): boolean {
  const url = new URL(target, `http://site.invalid${from}`)
  if (url.host !== 'site.invalid') return true
  const page = byAddress.get(url.pathname)
  if (page === undefined) return existsSync(join(BUILT, url.pathname)) && !target.endsWith('/')
  const id = decodeURIComponent(url.hash.slice(1))
  return id === '' || page.ids.has(id)
}
