import { Argument, Command } from 'commander'
import { collect } from '../events/assignments.ts'
import type { CommandMaker } from '../shell/start.ts'
import type { TriggerOptions } from './trigger.ts'

/** `capi trigger`: what a shop would send, for a running emulator. */
export const triggerCommand: CommandMaker = (start) =>
  new Command('trigger')
    .description('send samples to the emulator: a purchase, a pair of browser and server, a funnel')
    .addArgument(
      new Argument('<sample>', 'what to send').choices(['purchase', 'lead', 'pair', 'funnel']),
    )
    .option('--set <path=value>', 'changes the events of the server; repeatable', collect)
    .option('--pixel-id <id>', 'the dataset (META_PIXEL_ID)')
    .option('--base-url <url>', 'of the emulator (CAPI_BASE_URL, else http://127.0.0.1:2274)')
    .action(
      start(async (terminal, sample: string, options: TriggerOptions) => {
        const { trigger } = await import('./trigger.ts')
        return await trigger(terminal, sample, options)
      }),
    )
