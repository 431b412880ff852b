import { Command } from 'commander'
import type { CommandMaker } from '../shell/start.ts'
import type { MigrateOptions } from './migrate.ts'

/** `capi migrate`: the tables of @capi/postgres. */
export const migrateCommand: CommandMaker = (start) =>
  new Command('migrate')
    .description('make the tables and functions of @capi/postgres, or print their SQL')
    .option('--store <address>', 'postgres://… (CAPI_OUTBOX)')
    .option('--schema <name>', "the outbox's own; default capi")
    .option('--print', 'print the SQL for your own migrations, and connect to nothing')
    .action(
      start(async (terminal, options: MigrateOptions) => {
        const { migrate } = await import('./migrate.ts')
        return await migrate(terminal, options)
      }),
    )
