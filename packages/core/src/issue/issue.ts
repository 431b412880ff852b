import { docsUrl } from './docs-url.ts'
import { ISSUE_CATALOG, type IssueCode } from './issue-catalog.ts'
import type { IssueRule } from './issue-rule.ts'

/** Something about an event that its author should know. Never contains a value. */
export interface Issue {
  /** Where, in Meta's own form: `custom_data.contents[1].id`. */
  readonly path: string
  /** Stable snake_case name of the rule; branch on it. New ones may come in minor versions. */
  readonly code: IssueCode
  /** `error`: Meta would refuse the event, so it is not sent. `warning`: a field was dropped, corrected or will not match. */
  readonly severity: 'error' | 'warning'
  /** What is wrong, in a sentence for people; a constant of its `code`. */
  readonly message: string
  /** What to do about it. */
  readonly fix: string
  /** What Meta answers for the whole batch, `code` or `code/subcode`, where that is known. */
  readonly meta?: string
  /** The page that explains the code; part of the issue's JSON. A path on the documentation site, until the site has an address. */
  readonly docsUrl: string
}

export function issue(code: IssueCode, path: string, fix?: string): Issue {
  const { severity, message, fix: usual, meta }: IssueRule = ISSUE_CATALOG[code]
  const page = docsUrl('issues', code)
  return { path, code, severity, message, fix: fix ?? usual, ...(meta && { meta }), docsUrl: page }
}

/** A path to a key the caller chose; one that does not look like a key could be a value, and is not repeated. */
export function keyPath(parent: string, key: string): string {
  const name = /^[A-Za-z_][A-Za-z0-9_-]{0,49}$/.test(key) ? key : '*'
  return parent === '' ? name : `${parent}.${name}`
}
