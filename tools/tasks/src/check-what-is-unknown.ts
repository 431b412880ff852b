import { buildEvent } from '@capi/core'

/** A form's body is `unknown` until somebody has looked at it. */
export function problemsOf(body: unknown): readonly string[] {
  return buildEvent(body).issues.map(({ path, code }) => `${path}: ${code}`)
}
