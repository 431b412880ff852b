import type { EventCheck } from '../rules/judge.ts'
import { INVALID, pathTo } from '../rules/rule.ts'
import { eventIssues } from './event-issues.ts'

/** What `strict` refuses though Meta takes it: a finding of high severity. */
export const strictCheck: EventCheck = (event, { nowMs, index }) => {
  const issue = eventIssues(event, { nowMs, source: 'server' }).find(
    ({ severity }) => severity === 'high',
  )
  if (issue === undefined) return undefined
  const { rule: id, title, fix, path } = issue
  const fault = {
    detail: `${title}.`,
    ...(path !== undefined && { path: pathTo(index, ...path.split('.')) }),
  }
  return { rule: { id, ...INVALID, title, fix }, fault, blamed: index }
}
