import type { Command } from 'commander'

/** Which outbox a command opens. */
export interface StoreFlags {
  readonly store?: string
  readonly schema?: string
  readonly prefix?: string
}

/** Adds the options. */
export function withStoreFlags(command: Command): Command {
  return command
    .option('--store <address>', 'sqlite:<file>, postgres://… or redis://… (CAPI_OUTBOX)')
    .option('--schema <name>', "of Postgres, the outbox's own; default capi")
    .option('--prefix <text>', "of Redis, the outbox's own; default capi")
}
