import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CapiChannels } from '@capi/core'
// @boundaries-ignore the catalogue is the one place where issues stand, and no public name
import { ISSUE_CATALOG } from '../../../../packages/core/src/issue/issue-catalog.ts'
// @boundaries-ignore as above
import type { IssueRule } from '../../../../packages/core/src/issue/issue-rule.ts'
// @boundaries-ignore what core makes of an answer is no public name
import { classify } from '../../../../packages/core/src/transport/classify.ts'
// @boundaries-ignore the emulator's rules are no public names
import { CALL_RULES } from '../../../../packages/emulator/src/rules/call-rules.ts'
// @boundaries-ignore the emulator's rules are no public names
import { EVENT_RULES } from '../../../../packages/emulator/src/rules/event-rules.ts'
// @boundaries-ignore the emulator's rules are no public names
import type { Rule } from '../../../../packages/emulator/src/rules/rule.ts'
import { REPOSITORY } from '../places.ts'

/** What an answer of Meta’s means for delivery, as a channel says it. */
export type Verdict = CapiChannels['capi:request']['verdict']

/** One line of core's table of verdicts. */
export interface Vector {
  readonly name: string
  readonly status?: number
  readonly body?: string
  readonly verdict: Verdict
  readonly code: string
}

/** All that the repository knows of one code of Meta's. */
export interface Refusal {
  readonly code: number
  readonly subcode?: number
  readonly verdict: Verdict
  readonly vectors: readonly Vector[]
  readonly rules: readonly Rule[]
  readonly issues: readonly string[]
}

export function readVectors(): Vector[] {
  const file = join(REPOSITORY, 'packages/core/vectors/verdicts.json')
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** `100/2804003`, as issues write it. */
export function keyOf(code: number, subcode?: number): string {
  return subcode === undefined ? String(code) : `${code}/${subcode}`
}

/** Every code that core's vectors, core's issues or the emulator's rules name, by number. */
export function refusals(): Refusal[] {
  const vectors = Map.groupBy(readVectors().filter(isMetas), ({ code }) =>
    code.replace('meta_', '').replace('_', '/'),
  )
  const rules = Map.groupBy<string, Rule>([...CALL_RULES, ...EVENT_RULES], ({ code, subcode }) =>
    keyOf(code, subcode),
  )
  const issues = issuesByCode()
  const keys = new Set([...vectors.keys(), ...rules.keys(), ...issues.keys()])
  return [...keys]
    .map((key) => {
      const [code = Number.NaN, subcode] = key.split('/').map(Number)
      return {
        code,
        ...(subcode === undefined ? {} : { subcode }),
        verdict: verdictOf(code, subcode, vectors.get(key)?.[0]),
        vectors: vectors.get(key) ?? [],
        rules: rules.get(key) ?? [],
        issues: issues.get(key) ?? [],
      }
    })
    .filter(({ code }) => !UNKNOWN.has(code))
    .sort((a, b) => a.code - b.code || (a.subcode ?? 0) - (b.subcode ?? 0))
}

/** Codes that the vectors made up, to stand for one that nobody knows. */
const UNKNOWN: ReadonlySet<number> = new Set([12_345, 98_765])

const isMetas = ({ code }: Vector) => code.startsWith('meta_')

/** Issues name Meta's code as `100`, `100/2804003` or `100/2804075, 2804079`. */
function issuesByCode(): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const catalog: readonly (readonly [string, IssueRule])[] = Object.entries(ISSUE_CATALOG)
  for (const [issue, { meta }] of catalog) {
    if (meta === undefined) continue
    const [code, subcodes] = meta.split('/')
    const keys = subcodes?.split(', ').map((subcode) => `${code}/${subcode}`) ?? [meta]
    for (const key of keys) found.set(key, [...(found.get(key) ?? []), issue])
  }
  return found
}

/** As core decides it for that answer. */
function verdictOf(code: number, subcode: number | undefined, vector?: Vector): Verdict {
  const error = { code, ...(subcode === undefined ? {} : { error_subcode: subcode }) }
  return classify({
    phase: 'answered',
    status: vector?.status ?? 400,
    headers: {},
    body: vector?.body ?? JSON.stringify({ error }),
    sent: 1,
  }).verdict
}
