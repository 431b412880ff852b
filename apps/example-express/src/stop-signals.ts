/** One Ctrl-C can arrive twice: from the terminal and again from the package manager. */
const SAME_KEY_PRESS_MS = 300

/** Runs `stop` on the first Ctrl-C or SIGTERM and exits with 0; the next one exits at once. */
export function onStopSignal(stop: () => Promise<string>): void {
  let stoppingSinceMs: number | undefined

  const handle = () => {
    const nowMs = performance.now()
    if (stoppingSinceMs !== undefined) {
      if (nowMs - stoppingSinceMs > SAME_KEY_PRESS_MS) process.exit(1)
      return
    }
    stoppingSinceMs = nowMs
    stop().then(
      (lastLine) => {
        console.log(`\n${lastLine}`)
        process.exit(0)
      },
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }

  process.on('SIGINT', handle)
  process.on('SIGTERM', handle)
}
