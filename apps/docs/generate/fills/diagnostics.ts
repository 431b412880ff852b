// @boundaries-ignore the catalogue is the one place where findings stand, and no public name
import {
  DIAGNOSTICS,
  type DiagnosticText,
} from '../../../../packages/emulator/src/analysis/diagnostic-catalog.ts'

const SEVERITIES = [
  ['high', 'High: match or money is lost'],
  ['medium', 'Medium'],
  ['low', 'Low: a hint'],
] as const

/** The findings of the emulator, the gravest first. */
export function diagnosticsFill(): string {
  const findings: readonly (readonly [string, DiagnosticText])[] = Object.entries(DIAGNOSTICS)
  return SEVERITIES.map(([severity, heading]) => {
    const entries = findings
      .filter(([, text]) => text.severity === severity)
      .map(([id, text]) => entry(id, text))
    return [`## ${heading}`, ...entries].join('\n\n')
  }).join('\n\n')
}

function entry(id: string, { name, description, solution }: DiagnosticText): string {
  return `### \`${id}\`\n\n**${name}.** ${description} **${solution}**`
}
