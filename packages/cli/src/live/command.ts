import { Command } from 'commander'
import type { CommandMaker } from '../shell/start.ts'

/** `capi live`: whether Meta answers as the emulator does. */
export const liveCommand: CommandMaker = (start) =>
  new Command('live')
    .description('send test events of nobody to Meta, and compare its answers with the emulator’s')
    .addHelpText(
      'after',
      '\nNeeds META_PIXEL_ID, META_CAPI_ACCESS_TOKEN and META_TEST_EVENT_CODE. Use a dataset made for tests: Meta counts\ntest events as real ones. Nothing is sent while CI is set.',
    )
    .action(
      start(async (terminal) => {
        const [{ createEmulator }, { runLive }] = await Promise.all([
          import('@capi/emulator'),
          import('./run.ts'),
        ])
        await using emulator = createEmulator()
        return await runLive({
          env: terminal.env,
          fetch,
          emulate: emulator.fetch,
          print: terminal.print,
          nowMs: Date.now(),
        })
      }),
    )
