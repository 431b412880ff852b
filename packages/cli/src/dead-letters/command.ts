import { Command, InvalidArgumentError } from 'commander'
import { collect } from '../events/assignments.ts'
import type { CommandMaker, Start } from '../shell/start.ts'
import { withStoreFlags } from '../store/flags.ts'
import type { DeadLetterOptions } from './dead-letters.ts'

/** `capi dead-letters`: what Meta refused. */
export const deadLettersCommand: CommandMaker = (start) =>
  new Command('dead-letters')
    .description('list, replay or purge what Meta refused')
    .addCommand(listCommand(start))
    .addCommand(replayCommand(start))
    .addCommand(purgeCommand(start))

function choosing(command: Command): Command {
  return withStoreFlags(command)
    .option('--pixel-id <id>', 'those of one dataset')
    .option('--event-id <id>', 'those of this event; repeatable', collect)
    .option('--key <key>', 'this one, by the key that list shows; repeatable', collect)
}

function listCommand(start: Start): Command {
  return choosing(new Command('list'))
    .description("show them, newest first, with Meta's reason")
    .option('--limit <number>', 'at most so many', limitOf, 100)
    .action(
      start(async (terminal, options: DeadLetterOptions) => {
        const { list } = await import('./dead-letters.ts')
        return await list(terminal, options)
      }),
    )
}

function replayCommand(start: Start): Command {
  return choosing(new Command('replay'))
    .description('let them wait again, same event_id and bytes; the application delivers them')
    .option('--all', 'all of them')
    .action(
      start(async (terminal, options: DeadLetterOptions) => {
        const { replay } = await import('./dead-letters.ts')
        return await replay(terminal, options)
      }),
    )
}

function purgeCommand(start: Start): Command {
  return choosing(new Command('purge'))
    .description('remove them for good')
    .option('--all', 'all of them')
    .option('-y, --yes', 'do not ask')
    .action(
      start(async (terminal, options: DeadLetterOptions) => {
        const { purge } = await import('./dead-letters.ts')
        return await purge(terminal, options)
      }),
    )
}

function limitOf(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number above 0.')
}
