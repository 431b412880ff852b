import { Command, Option } from 'commander'
import { collect } from '../events/assignments.ts'
import { withClientFlags } from '../shell/client-flags.ts'
import type { CommandMaker } from '../shell/start.ts'
import type { SendOptions } from './send.ts'

/** `capi send`: events to Meta, at once. */
export const sendCommand: CommandMaker = (start) =>
  withClientFlags(new Command('send'))
    .description('send one event, or those of a file, and print what Meta answered')
    .argument('[event]', 'its name, such as Lead')
    .option(
      '--set <path=value>',
      'of the event, as user_data.em=anna@example.com; repeatable',
      collect,
    )
    .option('--action-source <source>', 'where it happened', 'other')
    .option(
      '--file <file>',
      'events in JSON, NDJSON or CSV, in place of a name; - is standard input',
    )
    .addOption(new Option('--input <format>', 'of the file').choices(['json', 'ndjson', 'csv']))
    .option('--test-event-code <code>', 'of Events Manager, Test events (META_TEST_EVENT_CODE)')
    .option('--live', 'send real events: Meta counts them, and none can be taken back')
    .option('--upload-tag <tag>', 'groups uploads of offline events in Events Manager')
    .option('--dry-run', 'print what would be sent, and send nothing')
    .addOption(new Option('--print <form>', 'as --dry-run, in this form').choices(['json', 'curl']))
    .addHelpText(
      'after',
      '\nMeta counts test events too: a code only shows them in Events Manager as well. One of --test-event-code and\n--live is needed, unless the address is this machine.',
    )
    .action(
      start(async (terminal, event: string | undefined, options: SendOptions) => {
        const { send } = await import('./send.ts')
        return await send(terminal, event, options)
      }),
    )
