/** One clear line instead of a stack trace: what stops a start is the user's to mend. */
export function giveUp(reason: unknown): void {
  console.error(reason instanceof Error ? reason.message : reason)
  process.exitCode = 1
}
