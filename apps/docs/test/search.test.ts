import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { BUILT } from '../generate/places.ts'
import { serveBuilt } from './built-site.ts'

interface Pagefind {
  options(options: { basePath: string; baseUrl: string }): Promise<void>
  search(words: string): Promise<{
    results: readonly {
      data(): Promise<{ url: string; sub_results: readonly { url: string }[] }>
    }[]
  }>
}

const site = await serveBuilt()
afterAll(() => site.close())

// The index and the code that the page loads, run here.
const pagefind: Pagefind = await import(
  /* @vite-ignore */ pathToFileURL(join(BUILT, 'pagefind/pagefind.js')).href
)
await pagefind.options({ basePath: `${site.url}/pagefind/`, baseUrl: '/' })

it.each([
  ['2804050', '/troubleshooting/meta-errors/#100--2804050'],
  ['fbc_lower_case', '/troubleshooting/issues/#fbc_lower_case'],
  ['coverage_low', '/troubleshooting/diagnostics/#coverage_low'],
  ['trust_proxy_unset', '/troubleshooting/warnings-and-losses/#said-at-the-start-or-once'],
  ['sqliteOutbox', '/reference/sqlite/#sqliteoutbox'],
  ['requestContext', '/reference/core-adapter/#requestcontext'],
  ['deduplicated pair', '/quick-start/#5-see-one-sale'],
])('finds %s', async (words, address) => {
  const { results } = await pagefind.search(words)
  const found = await Promise.all(results.slice(0, 8).map((result) => result.data()))
  const addresses = found.flatMap(({ url, sub_results }) => [
    url,
    ...sub_results.map((one) => one.url),
  ])
  expect(addresses).toContain(address)
})

it('finds nothing for what is not there', async () => {
  const { results } = await pagefind.search('"zebra crossing"')
  expect(results).toEqual([])
})
