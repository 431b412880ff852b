import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { FAULT_PRESETS } from '../../src/faults/fault-presets.ts'
import { CALL_RULES } from '../../src/rules/call-rules.ts'
import { EVENT_RULES } from '../../src/rules/event-rules.ts'
import { ROUTE_RULES } from '../../src/rules/route-rules.ts'
import type { Rule } from '../../src/rules/rule.ts'

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const RULES: readonly Rule[] = [...CALL_RULES, ...Object.values(ROUTE_RULES), ...EVENT_RULES]

it('lists every refusal and its code in the README, and no other', () => {
  const rows = [...README.matchAll(/^\| .+? \| (\d+.*?) +\| `(\w+)` +\|$/gm)]
  const told = rows.map(([, code, rule]) => `${rule} ${code}`)
  const made = RULES.map(({ id, code, subcode, status }) => {
    const http = status === 400 ? '' : ` (HTTP ${status})`
    return `${id} ${code}${subcode === undefined ? '' : ` / ${subcode}`}${http}`
  })
  expect(told.toSorted()).toEqual(made.toSorted())
})

it('lists every preset in the README', () => {
  for (const preset of Object.keys(FAULT_PRESETS)) expect(README).toContain(`| \`${preset}\``)
})
