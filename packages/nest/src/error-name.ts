import { attempt } from '@capi/core/adapter'

/** What an error is called. Never its message: that may hold personal data. */
export function errorName(error: unknown): string {
  return attempt(() => (error instanceof Error ? error.name : undefined)) ?? 'something'
}
