/** One clear line instead of a stack trace: you can fix what stops a start. */
export function giveUp(reason: unknown): void {
  console.error(reason instanceof Error ? reason.message : reason)
  process.exitCode = 1
}
