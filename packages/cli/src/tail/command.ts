import { Command, InvalidArgumentError } from 'commander'
import type { CommandMaker } from '../shell/start.ts'
import type { TailOptions } from './tail.ts'

/** `capi tail`: events of the emulator as they arrive. */
export const tailCommand: CommandMaker = (start) =>
  new Command('tail')
    .description('print events of the emulator as they arrive, until Ctrl-C')
    .option('--event-name <name>', 'only events of this name')
    .option('--source <source>', 'only those of the server, or of the browser')
    .option('--status <status>', 'only processed, deduplicated, refused or faulted ones')
    .option('--max <number>', 'end after so many events', countOf)
    .option('--base-url <url>', 'of the emulator (CAPI_BASE_URL, else http://127.0.0.1:2274)')
    .action(
      start(async (terminal, options: TailOptions) => {
        const { tail } = await import('./tail.ts')
        return await tail(terminal, options)
      }),
    )

function countOf(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number above 0.')
}
