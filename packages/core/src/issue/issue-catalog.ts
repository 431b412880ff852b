import { CHANNEL_ISSUES } from './channel-issues.ts'
import { CUSTOM_DATA_ISSUES } from './custom-data-issues.ts'
import { EVENT_ISSUES } from './event-issues.ts'
import type { IssueRule } from './issue-rule.ts'
import { USER_DATA_ISSUES } from './user-data-issues.ts'

/**
 * Every issue there is, in four tables. Messages are constants, so no value can leak into one.
 * Meta's codes: Graph error reference and answers seen in public reports, read 2026-09.
 */
const CATALOG = {
  ...EVENT_ISSUES,
  ...CUSTOM_DATA_ISSUES,
  ...CHANNEL_ISSUES,
  ...USER_DATA_ISSUES,
}

/** Names of the rules that find issues. The list is open: a minor version may add a code, so keep a `default` branch. */
export type IssueCode = keyof typeof CATALOG

export const ISSUE_CATALOG: Readonly<Record<IssueCode, IssueRule>> = CATALOG
