import type { Command } from 'commander'
import { createProgram } from './program.ts'
import { EXIT_CODES } from './shell/exit-codes.ts'
import { problemLine, problemOf } from './shell/problem.ts'
import { type Ended, starter } from './shell/start.ts'
import type { Environment, Streams } from './shell/terminal.ts'

/** Commander's own words go nowhere: an error is printed once, in our shape; help is data. */
function quieten(command: Command): void {
  command.exitOverride().configureOutput({ writeErr: () => {}, outputError: () => {} })
  for (const child of command.commands) quieten(child)
}

/** Runs one command. @param args without the program itself. @returns the code to end with; never rejects. */
export async function main(
  args: readonly string[],
  streams: Streams,
  env: Environment,
): Promise<number> {
  let ended: Ended = 'ok'
  const start = starter(streams, env, (how) => {
    ended = how
  })
  const program = createProgram(start, args)
  quieten(program)
  try {
    if (args.length === 0) program.help()
    await program.parseAsync(args, { from: 'user' })
    return codeOf(ended)
  } catch (error) {
    const problem = problemOf(error)
    if (problem === undefined) return EXIT_CODES.ok.code
    const text = args.includes('--json') ? JSON.stringify({ error: problem }) : problemLine(problem)
    streams.stderr.write(`${text}\n`)
    return problem.exitCode
  }
}

function codeOf(ended: Ended): number {
  return typeof ended === 'number' ? ended : EXIT_CODES[ended].code
}
