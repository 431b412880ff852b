import { Command } from 'commander'
import type { CommandMaker } from '../shell/start.ts'
import { type StoreFlags, withStoreFlags } from '../store/flags.ts'

/** `capi stats`: what an outbox holds. */
export const statsCommand: CommandMaker = (start) =>
  withStoreFlags(new Command('stats'))
    .description('count what an outbox holds, by dataset: waiting events and dead letters')
    .action(
      start(async (terminal, flags: StoreFlags) => {
        const { stats } = await import('./stats.ts')
        return await stats(terminal, flags)
      }),
    )
