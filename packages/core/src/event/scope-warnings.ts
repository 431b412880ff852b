/** A symbol: queues and databases leave it out, and the ESM and the CJS copy of this package know it. */
const WARNINGS = Symbol.for('@capi/core.scope-warnings')

/** What the client that gets the scope logs, each once. */
export interface ScopeWarning {
  /** What happened, and what to do; the code in parentheses. */
  readonly message: string
}

export function withWarnings<S extends object>(scope: S, warnings: readonly ScopeWarning[]): S {
  return warnings.length === 0 ? scope : { ...scope, [WARNINGS]: warnings }
}

/** What was found wrong when the scope was made. */
export function warningsOf(scope: object): readonly ScopeWarning[] {
  return (scope as { readonly [WARNINGS]?: readonly ScopeWarning[] })[WARNINGS] ?? []
}
