import { attempt } from './attempt.ts'

/**
 * What an error is called, for a log. Never its message, which may hold what it was about; nor a name that is no word.
 * @internal
 */
export function errorName(error: unknown): string {
  const name = attempt(() => (error instanceof Error ? error.name : undefined))
  return name !== undefined && /^\w{1,50}$/.test(name) ? name : 'something'
}
