import { isFinding } from '../events/located-event.ts'
import { type InputFormat, openEvents } from '../events/open-events.ts'
import { CliError } from '../shell/cli-error.ts'
import type { Exit } from '../shell/exit-codes.ts'
import type { Terminal } from '../shell/terminal.ts'
import { checkAsInput, checkAsSent } from './check-event.ts'
import { createRepeats } from './repeats.ts'
import { printer, type ReportFormat } from './report.ts'

/** What `capi validate` takes beside its files. */
export interface ValidateOptions {
  readonly format?: ReportFormat
  readonly input?: InputFormat
  readonly asSent?: boolean
  readonly strict?: boolean
  readonly phoneCountry?: string
}

interface Totals {
  events: number
  errors: number
  warnings: number
}

/** Prints what is wrong with the events of files. Ends as `gate` for errors, with `--strict` for warnings too. */
export async function validate(
  terminal: Terminal,
  files: readonly string[],
  options: ValidateOptions,
): Promise<Exit> {
  const print = printer(terminal, options.format ?? (terminal.isJson ? 'json' : 'pretty'))
  const check = options.asSent ? await checkAsSent() : checkAsInput(options.phoneCountry)
  const totals: Totals = { events: 0, errors: 0, warnings: 0 }
  for (const file of files) {
    const isRepeated = createRepeats()
    for await (const read of openEvents({ file, format: options.input }, terminal.stdin)) {
      const isEvent = !isFinding(read)
      if (isEvent) totals.events++
      const findings = isEvent ? [...(await check(read)), ...isRepeated(read)] : [read]
      for (const found of findings) {
        totals[found.severity === 'error' ? 'errors' : 'warnings']++
        print({ file: file === '-' ? 'stdin' : file, ...found })
      }
      await terminal.drained()
    }
  }
  if (totals.events + totals.errors === 0)
    throw new CliError('input_invalid', 'There is no event in it. Check the file and --input.')
  terminal.say(summary(totals))
  const isBad = totals.errors > 0 || (options.strict === true && totals.warnings > 0)
  return isBad ? 'gate' : 'ok'
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`

function summary({ events, errors, warnings }: Totals): string {
  return [plural(events, 'event'), plural(errors, 'error'), plural(warnings, 'warning')].join(', ')
}
