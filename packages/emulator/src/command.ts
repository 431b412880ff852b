import { readArguments, USAGE } from './cli/arguments.ts'
import { exec } from './cli/exec.ts'
import { say, warn } from './cli/output.ts'
import { serve } from './cli/serve.ts'
import { version } from './version.ts'

const FAILED = 1
const MISUSED = 2

/**
 * The program `capi-emulator`, for programs that have it as a command of theirs: it reads and writes the process's own streams,
 * and listens to its signals.
 * @param args without the program's name: `['--port', '0']`
 * @returns the code to end with. Never rejects.
 */
export async function runCommand(args: readonly string[]): Promise<number> {
  try {
    const options = readArguments(args)
    switch (options.command) {
      case 'help':
        say(USAGE)
        return 0
      case 'version':
        say(version)
        return 0
      case 'serve':
        return await run(() => serve(options))
      case 'exec':
        return await run(() => exec(options))
    }
  } catch (error) {
    warn(`capi-emulator: ${reason(error)}\n\n${USAGE}`)
    return MISUSED
  }
}

async function run(command: () => Promise<number>): Promise<number> {
  try {
    return await command()
  } catch (error) {
    warn(`capi-emulator: ${reason(error)}`)
    return FAILED
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
