import { checkQuality, type Quality, type QualityFinding, readQuality } from '@capi/core/quality'
import type { ClientFlags } from '../shell/client-flags.ts'
import { clientSettings, demandDataset } from '../shell/client-settings.ts'
import type { Exit } from '../shell/exit-codes.ts'
import type { Terminal } from '../shell/terminal.ts'
import { charts } from './charts.ts'
import { keepReading } from './history.ts'
import { printQuality } from './print-quality.ts'
import { showInEmulator } from './show-in-emulator.ts'

/** What `capi quality` takes. */
export interface QualityFlags extends ClientFlags {
  readonly minEmq?: number
  readonly minCoverage?: number
  readonly event?: readonly string[]
  readonly agentName?: string
  readonly history?: string
  readonly emulator?: string | true
}

/** Prints Meta's numbers. Ends as `gate` where one is below its gate. */
export async function quality(terminal: Terminal, flags: QualityFlags): Promise<Exit> {
  const { appSecret, apiVersion, baseUrl, timeoutMs, ...settings } = clientSettings(
    terminal.env,
    flags,
  )
  const dataset = demandDataset(settings)
  const { agentName, minEmq: minScore, minCoverage, event: events } = flags
  const read = await readQuality({
    ...dataset,
    appSecret,
    apiVersion,
    baseUrl,
    timeoutMs,
    agentName,
  })
  const findings = checkQuality(read, { minScore, minCoverage, events })
  const readings =
    flags.history === undefined ? [] : keepReading(terminal, flags.history, dataset.pixelId, read)
  if (flags.emulator !== undefined)
    await showInEmulator(terminal, flags.emulator, dataset.pixelId, read)
  if (terminal.isJson)
    terminal.print(JSON.stringify({ pixelId: dataset.pixelId, ...read, findings }))
  else {
    printQuality(terminal, read)
    for (const chart of charts(readings)) terminal.print(`\n${chart}`)
  }
  for (const finding of findings) terminal.say(findingLine(terminal, finding))
  sayWhatIsMissing(terminal, read)
  return findings.length === 0 ? 'ok' : 'gate'
}

const UNITS: Readonly<Record<QualityFinding['code'], string>> = {
  score_low: 'match quality',
  coverage_low: 'coverage in percent',
  not_measured: 'a number',
}

function findingLine(
  terminal: Terminal,
  { code, event_name, actual, wanted }: QualityFinding,
): string {
  const what =
    actual === undefined
      ? `has no number yet; ${wanted} is wanted`
      : `has ${UNITS[code]} ${actual}; ${wanted} is wanted`
  return `${terminal.tint('red', code)} ${event_name} ${what}.`
}

function sayWhatIsMissing(terminal: Terminal, { web, offline, missing }: Quality): void {
  if (web.length + offline.length === 0)
    terminal.say(
      'Meta has no numbers of this dataset yet. They come a day or two after the first events.',
    )
  if (missing.length > 0) terminal.say(`Meta did not answer: ${missing.join(', ')}.`)
}
