import { isLoopback } from '../loopback.ts'
import { megabytes, memoryBudget } from '../store/memory-budget.ts'
import { version } from '../version.ts'
import type { CommonArguments } from './arguments.ts'
import { openEmulator } from './open-emulator.ts'
import { say, warn } from './output.ts'

/** Serves until the process gets a signal. */
export async function serve(options: CommonArguments): Promise<number> {
  const { url, refused, end } = await openEmulator(options)
  const stopped = new Promise<void>((resolve) => {
    // Once: a second Ctrl-C ends the process whatever it is doing.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  if (refused > 0) warn(`Warning: ${refused} lines of ${options.import} hold no event.`)
  say(`CAPI emulator ${version}

  Page       ${url}/
  Base URL   ${url}
  Keeps      the newest ${options.max} events and calls, in at most ${megabytes(memoryBudget().bytes)} MB

  export CAPI_BASE_URL=${url}
  export META_PIXEL_ID=1234567890 META_CAPI_ACCESS_TOKEN=any-token
`)
  if (!isLoopback(options.host)) {
    warn('Warning: others on this network can read the events, which are personal data.')
  }
  await stopped
  await end()
  return 0
}
