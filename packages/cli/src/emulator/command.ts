import { Command } from 'commander'
import type { CommandMaker } from '../shell/start.ts'

/** `capi emulator`: the program of @capi/emulator, with its own options. */
export const emulatorCommand: CommandMaker = (start, all) =>
  new Command('emulator')
    .description("start Meta's stand-in on this machine; all options of capi-emulator")
    .helpOption(false)
    .allowUnknownOption()
    .argument('[options...]', 'as capi-emulator takes them: --port, exec -- <command>; see --help')
    .action(
      start(async () => {
        const { runCommand } = await import('@capi/emulator/command')
        // As they were written: commander would take the -- of exec.
        return await runCommand(all.slice(all.indexOf('emulator') + 1))
      }),
    )
