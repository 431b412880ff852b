import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

export const WIDE = { width: 1280, height: 900 }
export const NARROW = { width: 360, height: 740 }

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
export const ALL_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds on the page, or in a part of it, one line each. @param rules tags of axe, or names of rules */
export async function accessFaults(
  page: Page,
  rules: readonly string[],
  part = 'html',
): Promise<string[]> {
  const loaded: unknown = await page.evaluate('typeof axe')
  if (loaded !== 'object') await page.evaluate(axe)
  const results = (await page.evaluate(
    `axe.run('${part}', { runOnly: ${JSON.stringify(rules)} })`,
  )) as AxeResults
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  )
}

/** Errors of the page, and what it asked for and did not get. */
export function watchProblems(page: Page): string[] {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('response', (answer) => {
    if (answer.status() >= 400) problems.push(`${answer.status()} ${answer.url()}`)
  })
  return problems
}
