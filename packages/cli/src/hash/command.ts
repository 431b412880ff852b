import { Argument, Command } from 'commander'
import type { CommandMaker } from '../shell/start.ts'
import type { HashOptions } from './hash.ts'

/** `capi hash`: what becomes of one value of `user_data`. */
export const hashCommand: CommandMaker = (start) =>
  new Command('hash')
    .description('show how one value of user_data becomes the hash that Meta compares')
    .addArgument(new Argument('<field>', 'em, ph, fn …; also email, phone, first_name …'))
    .argument('[value]', 'the raw value; - or none reads it from standard input')
    .option('--country <code>', "the person's country, for phone numbers, states and postal codes")
    .addHelpText('after', '\nA value given as an argument stays in the history of your shell.')
    .action(
      start(async (terminal, field: string, value: string | undefined, options: HashOptions) => {
        const { hash } = await import('./hash.ts')
        return await hash(terminal, { field, value, options })
      }),
    )
