import { Command } from 'commander'
import { completionCommand } from './completion/command.ts'
import { deadLettersCommand } from './dead-letters/command.ts'
import { doctorCommand } from './doctor/command.ts'
import { emulatorCommand } from './emulator/command.ts'
import { hashCommand } from './hash/command.ts'
import { importCommand } from './import/command.ts'
import { liveCommand } from './live/command.ts'
import { migrateCommand } from './migrate/command.ts'
import { qualityCommand } from './quality/command.ts'
import { sendCommand } from './send/command.ts'
import { EXIT_CODES } from './shell/exit-codes.ts'
import type { CommandMaker, Start } from './shell/start.ts'
import { statsCommand } from './stats/command.ts'
import { tailCommand } from './tail/command.ts'
import { triggerCommand } from './trigger/command.ts'
import { validateCommand } from './validate/command.ts'
import { version } from './version.ts'

/** In the order of the help. */
const COMMANDS: readonly CommandMaker[] = [
  doctorCommand,
  validateCommand,
  hashCommand,
  sendCommand,
  importCommand,
  statsCommand,
  deadLettersCommand,
  qualityCommand,
  migrateCommand,
  emulatorCommand,
  triggerCommand,
  tailCommand,
  liveCommand,
  completionCommand,
]

const EXIT_TABLE = Object.values(EXIT_CODES)
  .map(({ code, means }) => `  ${String(code).padEnd(5)}${means}`)
  .join('\n')

const ABOUT = `
Variables: META_PIXEL_ID, META_CAPI_ACCESS_TOKEN, META_TEST_EVENT_CODE, META_GRAPH_API_VERSION, CAPI_BASE_URL,
of the process, else of .env.local, else of .env. NO_COLOR switches colours off.

Exit codes:
${EXIT_TABLE}`

/** All that `capi` knows, without the code that runs it. */
export function createProgram(start: Start, args: readonly string[] = []): Command {
  const program = new Command('capi')
    .description("Meta's Conversions API from the command line.")
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .option('--json', 'print JSON for programs')
    .option('--env-file <file>', 'read variables from this file, not from .env.local and .env')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', ABOUT)
  for (const make of COMMANDS) program.addCommand(make(start, args))
  return program
}
