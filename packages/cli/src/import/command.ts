import { ACTION_SOURCES } from '@capi/core/adapter'
import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { withClientFlags } from '../shell/client-flags.ts'
import type { CommandMaker } from '../shell/start.ts'
import type { ImportOptions } from './options.ts'

const EXAMPLES = `
Examples:
  capi import orders.csv --dry-run
  capi import square.csv --currency USD --live
  capi import till.csv --column "Mail=user_data.em" --column "Bon=order_id" --currency EUR --timezone Europe/Vienna --live
  capi import orders.csv --live --resume`

/** `capi import`: uploads offline purchases from an export. */
export const importCommand: CommandMaker = (start) =>
  withClientFlags(new Command('import'))
    .description('upload offline purchases from a CSV export')
    .addArgument(new Argument('<file>', 'the export: CSV, or text with tabs'))
    .option('--dry-run', 'show what the file would become, and send nothing')
    .option('--live', 'send the events for real')
    .option(
      '--test-event-code <code>',
      'send them to Events Manager, Test events; they still count',
    )
    .option(
      '--from <source>',
      'what the file is, for example shopify-orders; default: found by its header',
    )
    .option(
      '--column <Header=target>',
      'where a column goes, for example "E-Mail=user_data.em"; nothing behind = does not send it',
      collect,
      [],
    )
    .option(
      '--map <file>',
      'the mapping to use and to save; default capi-map.<source>.json beside the file',
    )
    .option('--currency <code>', 'currency of a file that names none')
    .option(
      '--country <code>',
      'country of people where the file names none, for phone numbers and matching',
    )
    .option('--timezone <name>', 'zone of times that name none, for example Europe/Zurich')
    .addOption(new Option('--date <order>', 'how 03/04/2026 is read').choices(['dmy', 'mdy']))
    .addOption(new Option('--decimal <sign>', 'how 1,299 is read').choices(['point', 'comma']))
    .option(
      '--sold <states>',
      'states that are sales beside those that are known, between commas; or all',
    )
    .option('--with-tip', 'Square: the value includes the tip')
    .option('--event <name>', 'event of rows that name none; default Purchase, for leads Lead')
    .addOption(
      new Option('--action-source <source>', 'where rows that name none happened').choices(
        ACTION_SOURCES,
      ),
    )
    .option('--since <date>', 'leave out what happened before')
    .option('--allow-row-id', "make the event_id of a row's own text where it has no id")
    .option('--upload-tag <tag>', 'groups these events in Events Manager')
    .option('--resume', 'go on after the last settled row')
    .option('--restart', 'begin anew, whatever was uploaded before')
    .option('--failed <file>', 'where refused rows go; default <name>.failed.csv')
    .option('--rate <events>', 'most events a second, for example 50 or 50/s', rate)
    .option('--wait <seconds>', 'give up when Meta takes nothing for so long', seconds, 600)
    .addOption(
      new Option('--encoding <name>', 'of a file that is not UTF-8').choices([
        'utf-8',
        'windows-1252',
        'utf-16le',
        'utf-16be',
      ]),
    )
    .option('--delimiter <sign>', 'between columns: , ; | or tab; default: found by the header')
    .option('-y, --yes', 'do not ask before sending')
    .addHelpText('after', EXAMPLES)
    .action(
      start(async (terminal, file: string, options: ImportOptions) => {
        const { importFile } = await import('./import.ts')
        return await importFile(terminal, file, options)
      }),
    )

const collect = (value: string, all: readonly string[]) => [...all, value]

function rate(text: string): number {
  const events = Number(text.replace(/\/s(?:ec)?$/, ''))
  if (events > 0 && Number.isFinite(events)) return events
  throw new InvalidArgumentError('Pass events a second, such as 50.')
}

function seconds(text: string): number {
  const value = Number(text)
  if (value >= 0 && Number.isFinite(value)) return value
  throw new InvalidArgumentError('Pass seconds, such as 600.')
}
