import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** Names an entry exports: the first so many headings of its snapshot. */
function exported(entry: string): string[] {
  const text = read(`packages/core/api/${entry}.txt`)
  const count = Number(/: (\d+) names/.exec(text)?.[1])
  return [...text.matchAll(/^## (\S+) \(/gm)].slice(0, count).map(([, name]) => String(name))
}

const DECISION = read('docs/decisions/0025-which-names-are-public.md')
const reasons = new Map(
  [...DECISION.slice(DECISION.indexOf('## The root')).matchAll(/^\| `(\w+)` \| (.+) \|$/gm)].map(
    ([, name, reason]) => [String(name), String(reason)],
  ),
)

it('the root of core has at most 80 names', () => {
  expect(exported('index').length).toBeGreaterThan(0)
  expect(exported('index').length).toBeLessThanOrEqual(80)
})

it('each has its reason in decision 0025, and no other has one', () => {
  expect([...reasons.keys()].sort()).toEqual(exported('index').sort())
  for (const reason of reasons.values()) expect(reason.length).toBeGreaterThan(3)
})

it('no name has two entries', () => {
  const entries = ['index', 'adapter', 'outbox', 'phone'].flatMap(exported)
  expect(entries.filter((name, index) => entries.indexOf(name) !== index)).toEqual([])
})
