import type { Command } from 'commander'
import { readEnvironment } from './environment.ts'
import type { Exit } from './exit-codes.ts'
import { createTerminal, type Environment, type Streams, type Terminal } from './terminal.ts'

/** What `capi` itself takes, before or after the command's name. */
export interface GlobalOptions {
  readonly json?: boolean
  readonly envFile?: string
}

/** How a command ended: a row of the table, or the code of a program that it ran. */
export type Ended = Exit | number

/** Turns what a command does into what commander calls: it gets a terminal, and returns how it ended. */
export type Start = <Given extends readonly unknown[]>(
  action: (terminal: Terminal, ...given: Given) => Promise<Ended>,
) => (...given: Given) => Promise<void>

/**
 * Makes a command of its own; its module is loaded when it runs.
 * @param args all that `capi` was given, for a command that reads them itself
 */
export type CommandMaker = (start: Start, args: readonly string[]) => Command

/** @param end is called with how the command ended */
export function starter(streams: Streams, own: Environment, end: (how: Ended) => void): Start {
  return (action) =>
    async (...given) => {
      // Commander calls an action with the arguments, the options and the command.
      const command = given.at(-1) as Command
      const { json = false, envFile } = command.optsWithGlobals<GlobalOptions>()
      const terminal = createTerminal(streams, readEnvironment(own, envFile), json)
      end(await action(terminal, ...given))
    }
}
