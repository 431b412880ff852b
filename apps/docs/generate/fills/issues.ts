// @boundaries-ignore the catalogue is the one place where issues stand, and no public name
import { ISSUE_CATALOG } from '../../../../packages/core/src/issue/issue-catalog.ts'
// @boundaries-ignore as above
import type { IssueRule } from '../../../../packages/core/src/issue/issue-rule.ts'

/** The issues of @capi/core, those that stop an event first. */
export function issuesFill(): string {
  const rules: readonly (readonly [string, IssueRule])[] = Object.entries(ISSUE_CATALOG)
  const of = (severity: IssueRule['severity']) =>
    rules
      .filter(([, rule]) => rule.severity === severity)
      .map(([code, rule]) => entry(code, rule))
      .join('\n\n')
  return [
    '## Errors: the event was not sent',
    of('error'),
    '## Warnings: the event was sent, a field was not or may not match',
    of('warning'),
  ].join('\n\n')
}

function entry(code: string, { message, fix, meta }: IssueRule): string {
  const refusal = meta === undefined ? '' : `\n\nMeta’s own code: ${meta}.`
  return `### \`${code}\`\n\n${message} **${fix}**${refusal}`
}
