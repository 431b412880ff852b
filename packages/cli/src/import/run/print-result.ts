import type { Terminal } from '../../shell/terminal.ts'
import { WARNINGS } from '../map/outcome.ts'
import { count } from './progress.ts'
import { total } from './tally.ts'
import type { Uploaded } from './upload.ts'

interface Files {
  readonly isDryRun: boolean
  readonly failedPath: string | undefined
  readonly checkpoint: string
}

/** The counts to stdout; what to do next to stderr. */
export function printResult(
  terminal: Terminal,
  { exit, counts, line, problem, notes }: Uploaded,
  files: Files,
): void {
  const { isDryRun, failedPath, checkpoint } = files
  const refused = total(counts.refused)
  if (terminal.isJson) {
    const { delivered, ...rest } = counts
    const sent = isDryRun ? { wouldSend: delivered } : { delivered }
    terminal.print(
      JSON.stringify({
        ...sent,
        ...rest,
        line,
        ...(refused > 0 && failedPath !== undefined && { failed: failedPath }),
        ...(problem !== undefined && { problem }),
      }),
    )
  } else {
    const row = (name: string, number: number, more = '') =>
      terminal.print(`${name.padEnd(12)}${count(number).padStart(10)}${more}`)
    row('rows', counts.rows)
    row('orders', counts.orders)
    row(isDryRun ? 'would send' : 'sent', counts.delivered)
    row('not sales', total(counts.skipped), listed(counts.skipped))
    row('refused', refused, listed(counts.refused))
  }
  for (const [code, number] of Object.entries(counts.warnings))
    terminal.say(
      `${terminal.tint('yellow', 'warning')} ${count(number)} × ${code}${code in WARNINGS ? `: ${WARNINGS[code as keyof typeof WARNINGS]}` : ''}`,
    )
  for (const note of notes) terminal.say(`${terminal.tint('yellow', 'note')} ${note}`)
  if (refused > 0 && failedPath !== undefined)
    terminal.say(
      `Refused rows are in ${failedPath}, each with its line, a code and what to do. Correct them there and import that file.`,
    )
  if (problem === undefined) return
  const next =
    exit === 'interrupted' || !isDryRun
      ? ` Line ${line} and all before it are settled (${checkpoint}); to go on, run the same command with --resume.`
      : ''
  terminal.say(`capi: ${problem}${next}`)
}

function listed(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([name, number]) => `${count(number)} ${name}`)
  return parts.length === 0 ? '' : `   ${parts.join(', ')}`
}
