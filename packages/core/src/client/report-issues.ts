import type { Issue } from '../issue/issue.ts'
import { attempt } from '../runtime/attempt.ts'
import { publish } from '../transport/diagnostics.ts'
import type { ClientState } from './client-state.ts'

/** Logs each line once. */
export function warnOnce({ logged, options }: ClientState, line: string): void {
  if (logged.has(line)) return
  logged.add(line)
  options.logger.warn(`@capi/core: ${line}`)
}

interface EventNames {
  readonly event_id?: string
  readonly event_name?: string
}

/** Reports what was found. Never throws. */
export function reportIssues(
  state: ClientState,
  issues: readonly Issue[],
  about: EventNames,
): void {
  for (const found of issues) {
    attempt(() => report(state, found, about))
    publish('capi:issue', () => ({ code: found.code, severity: found.severity }))
  }
}

/** Calls the caller's hook; without one, logs each kind of warning once. Errors are logged as drops. */
function report(state: ClientState, found: Issue, about: EventNames): unknown {
  const { onIssue, logger } = state.options
  if (onIssue !== undefined) return onIssue(found, about)
  if (found.severity === 'error' || state.logged.has(found.code)) return undefined
  state.logged.add(found.code)
  return logger.warn(
    `@capi/core: ${found.path}: ${found.code}. ${found.message} ${found.fix} Logged once for each kind.`,
  )
}
