import { Command, Option } from 'commander'
import type { CommandMaker } from '../shell/start.ts'
import type { ValidateOptions } from './validate.ts'

/** `capi validate`: events in files, before they are sent. */
export const validateCommand: CommandMaker = (start) =>
  new Command('validate')
    .description('check events in JSON, NDJSON or CSV: path:line, code, what is wrong, fix')
    .argument('<files...>', '- reads standard input')
    .addOption(
      new Option('--format <format>', 'of the findings').choices(['pretty', 'json', 'github']),
    )
    .addOption(
      new Option('--input <format>', 'of the files, where their name does not say').choices([
        'json',
        'ndjson',
        'csv',
      ]),
    )
    .option('--as-sent', 'judge the events as Meta would, without what @capi/core fixes')
    .option('--strict', 'end with an error for warnings too')
    .option('--phone-country <code>', 'of phone numbers without country code, such as DE')
    .action(
      start(async (terminal, files: string[], options: ValidateOptions) => {
        const { validate } = await import('./validate.ts')
        return await validate(terminal, files, options)
      }),
    )
