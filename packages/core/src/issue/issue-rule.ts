/** What an issue says of itself. */
export interface IssueRule {
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly fix: string
  /** What Meta answers for the whole batch: code, or code/subcode, where it is known. */
  readonly meta?: string | undefined
}

/** The event is not sent. */
/* @__NO_SIDE_EFFECTS__ */
export function error(message: string, fix: string, meta?: string): IssueRule {
  return rule('error', message, fix, meta)
}

/** A field was dropped. `what` is wrong with it; the message says that it was dropped. */
/* @__NO_SIDE_EFFECTS__ */
export function dropped(what: string, fix: string, meta?: string): IssueRule {
  return rule('warning', `${what}; it was dropped.`, fix, meta)
}

/** A field was corrected, or will not match. */
/* @__NO_SIDE_EFFECTS__ */
export function warning(message: string, fix: string, meta?: string): IssueRule {
  return rule('warning', message, fix, meta)
}

function rule(
  severity: IssueRule['severity'],
  ...[message, fix, meta]: readonly [string, string, string | undefined]
): IssueRule {
  return { severity, message, fix, meta }
}
