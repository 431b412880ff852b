/** What an issue says of itself. */
export interface IssueRule {
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly fix: string
  /** What Meta answers for the whole batch: code, or code/subcode, where it is known. */
  readonly meta?: string
}
