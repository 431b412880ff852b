import type { FileFinding } from '../events/located-event.ts'
import type { Terminal } from '../shell/terminal.ts'

/** How findings are printed. */
export const REPORT_FORMATS = ['pretty', 'json', 'github'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

/** A finding in the file it was found in. */
export interface Reported extends FileFinding {
  readonly file: string
}

/** Prints one finding at a time; JSON is a line for each. */
export type Print = (found: Reported) => void

/** One way to print. */
export function printer(terminal: Terminal, format: ReportFormat): Print {
  const printers: Readonly<Record<ReportFormat, Print>> = {
    pretty: (found) => terminal.print(prettyLine(terminal, found)),
    json: (found) => terminal.print(JSON.stringify(found)),
    github: (found) => terminal.print(githubLine(found)),
  }
  return printers[format]
}

/** `path:line code fix`, with what is wrong between code and fix. */
function prettyLine(terminal: Terminal, found: Reported): string {
  const { file, line, severity, code, path, message, fix } = found
  const place = terminal.paint('bold', `${file}:${line}`)
  const what = terminal.paint(severity === 'error' ? 'red' : 'yellow', code)
  const where = path ? `${path}: ` : ''
  return `${place} ${what} ${where}${message} ${fix}`
}

/** A line that GitHub Actions shows beside the file. Source: GitHub, Workflow commands, read 2026-11. */
function githubLine({ file, line, severity, code, path, message, fix }: Reported): string {
  const properties = { file, line: String(line), title: code }
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`)
  return `::${severity} ${list.join(',')}::${escapeData(`${path ? `${path}: ` : ''}${message} ${fix}`)}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
