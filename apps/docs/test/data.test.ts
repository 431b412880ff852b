import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
// @boundaries-ignore the catalogue is the one place where issues stand, and no public name
import { ISSUE_CATALOG } from '../../../packages/core/src/issue/issue-catalog.ts'
// @boundaries-ignore the same of findings
import { DIAGNOSTICS } from '../../../packages/emulator/src/analysis/diagnostic-catalog.ts'
import { ERROR_NOTES } from '../generate/fills/meta-errors.ts'
import { readVectors } from '../generate/fills/refusals.ts'
import { REPOSITORY } from '../generate/places.ts'
import { builtPages } from './built-site.ts'

const pages = new Map(builtPages().map((page) => [page.address, page]))
const page = (address: string) => {
  const found = pages.get(address)
  if (!found) throw new Error(`There is no page ${address}`)
  return found
}
const source = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8')

it('explains every code of Meta’s that core has a verdict for', () => {
  const { ids } = page('/troubleshooting/meta-errors/')
  const anchors = readVectors().flatMap(({ name, code }) => {
    const isMadeUp = /nobody knows|marked transient|another code|Meta's 404/.test(name)
    return code.startsWith('meta_') && !isMadeUp
      ? [code.replace('meta_', '').replace('_', '--')]
      : []
  })
  expect(anchors.length).toBeGreaterThan(20)
  for (const anchor of anchors) expect(ids).toContain(anchor)
})

it('says in words what each refusal of the log means, with links that lead to its code', () => {
  const { html } = page('/troubleshooting/warnings-and-losses/')
  const { ids } = page('/troubleshooting/meta-errors/')
  for (const words of ['has expired', 'no permission for this dataset', 'dataset does not exist'])
    expect(html).toContain(words)
  const links = [...html.matchAll(/meta-errors\/#([\w-]+)"/g)].map(([, id]) => id)
  expect(links.length).toBeGreaterThan(15)
  expect([...ids]).toEqual(expect.arrayContaining(links))
})

it('has no note on a code that the page does not have', () => {
  const { ids } = page('/troubleshooting/meta-errors/')
  for (const key of Object.keys(ERROR_NOTES)) expect(ids).toContain(key.replace('/', '--'))
})

it('explains every near miss of the emulator', () => {
  const union = /NearMissReason =\n(.*?)\n\n/s.exec(
    source('packages/emulator/src/analysis/report.ts'),
  )
  const reasons = [...(union?.[1] ?? '').matchAll(/'(\w+)'/g)].map(([, reason]) => reason)
  expect(reasons.length).toBeGreaterThan(5)
  const { html } = page('/concepts/event-id/')
  for (const reason of reasons) expect(html).toContain(`<code dir="auto">${reason}</code>`)
})

it('explains every warning of Express and Nest', () => {
  const union =
    /code:([^}]*)\}/.exec(source('packages/core/src/http/request-warning.ts'))?.[1] ?? ''
  const codes = [...union.matchAll(/'(\w+)'/g)].map(([, code]) => code)
  for (const file of [
    'core/src/http/hosted-request.ts',
    'core/src/http/request-options.ts',
    'nest/src/capi.service.ts',
  ]) {
    const calls = [...source(`packages/${file}`).matchAll(/\b(?:warn|fail)\(\s*'(\w+)'/g)]
    expect(calls.length).toBeGreaterThan(0)
    codes.push(...calls.map(([, code]) => code))
  }
  const { html } = page('/troubleshooting/warnings-and-losses/')
  const absent = codes.flat().filter((one) => !html.includes(`<code dir="auto">${one}</code>`))
  expect(absent).toEqual([])
})

it('explains every issue and every diagnostic under a heading of its own', () => {
  for (const [catalog, address] of [
    [ISSUE_CATALOG, '/troubleshooting/issues/'],
    [DIAGNOSTICS, '/troubleshooting/diagnostics/'],
  ] as const) {
    const ids = Object.keys(catalog)
    expect(ids.length).toBeGreaterThan(20)
    expect([...page(address).ids]).toEqual(expect.arrayContaining(ids))
  }
})
