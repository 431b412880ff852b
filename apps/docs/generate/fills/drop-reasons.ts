import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { REPOSITORY } from '../places.ts'

/** The reasons of core, each with the comment that stands over it in the source. */
export function dropReasonsFill(): string {
  const file = join(REPOSITORY, 'packages/core/src/issue/drop-reason.ts')
  const list = /DROP_REASONS = \[(.*?)\] as const/s.exec(readFileSync(file, 'utf8'))?.[1] ?? ''
  const reasons = [...list.matchAll(/\/\*\* (.*?) \*\/\s*'(\w+)',/gs)]
  if (reasons.length === 0) throw new Error('No reasons found in drop-reason.ts')
  const rows = reasons.map(([, comment, reason]) => `| \`${reason}\` | ${comment} |`)
  return ['| Reason | What became of the event |', '|---|---|', ...rows].join('\n')
}
