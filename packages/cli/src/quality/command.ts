import { Command } from 'commander'
import { collect } from '../events/assignments.ts'
import { withClientFlags } from '../shell/client-flags.ts'
import { numberOption } from '../shell/number-option.ts'
import type { CommandMaker } from '../shell/start.ts'
import type { QualityFlags } from './quality.ts'

/** `capi quality`: Meta's own numbers. */
export const qualityCommand: CommandMaker = (start) =>
  withClientFlags(new Command('quality'))
    .description("read Meta's own match quality and coverage; end with 3 where they are too low")
    .option('--min-emq <score>', 'lowest event match quality, 0 to 10', numberOption(0, 10))
    .option(
      '--min-coverage <percent>',
      'lowest share of the Pixel’s events that the server sent too',
      numberOption(0, 100),
    )
    .option('--event <name>', 'checks this event, which must have numbers; repeatable', collect)
    .option('--agent-name <name>', 'counts only events of this partner_agent')
    .option('--history <file>', 'keeps the reading in this file, and draws all that are in it')
    .option('--emulator [url]', "shows the numbers in the emulator's tab Quality, too")
    .addHelpText(
      'after',
      '\nNumbers come a day or two after the first events. Ask once an hour at most.',
    )
    .action(
      start(async (terminal, flags: QualityFlags) => {
        const { quality } = await import('./quality.ts')
        return await quality(terminal, flags)
      }),
    )
