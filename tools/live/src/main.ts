// Asks Meta itself, with test events of nobody, and prints its answers beside the emulator's. By hand, never in CI:
// see CONTRIBUTING.md, Asking Meta.
import { createEmulator } from '@capi/emulator'
import { runLive } from './run.ts'

const nowMs = Date.now()
await using emulator = createEmulator()
process.exitCode = await runLive({
  env: process.env,
  fetch,
  emulate: emulator.fetch,
  print: (line) => console.log(line),
  nowMs,
})
