import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { DIAGNOSTICS } from '../../src/analysis/diagnostic-catalog.ts'
import { MATCH_KEY_WEIGHTS } from '../../src/analysis/match-quality.ts'

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

it('lists every diagnostic and its severity in the README, and no other', () => {
  const told = [...README.matchAll(/^\| (high|medium|low) +\| `(\w+)`/gm)].map(
    ([, severity, rule]) => `${rule} ${severity}`,
  )
  const made = Object.entries(DIAGNOSTICS).map(([rule, { severity }]) => `${rule} ${severity}`)
  expect(told.toSorted()).toEqual(made.toSorted())
})

it('lists every weight of the estimate in the README', () => {
  const [, section = ''] = /## Match-quality estimate\n(.*?)\n## /s.exec(README) ?? []
  for (const [key, weight] of Object.entries(MATCH_KEY_WEIGHTS)) {
    const row = section.split('\n').find((line) => line.includes(`\`${key}\``))
    expect(row, key).toContain(weight.toFixed(2))
  }
})
