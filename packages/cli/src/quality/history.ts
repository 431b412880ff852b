import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import type { Quality } from '@capi/core/quality'
import { CliError } from '../shell/cli-error.ts'
import type { Terminal } from '../shell/terminal.ts'

/** What a line of the file holds. */
export interface Reading {
  readonly readAtMs: number
  readonly pixelId: string
  readonly web: readonly {
    readonly event_name: string
    readonly score?: number | undefined
    readonly coverage?: number | undefined
  }[]
}

/**
 * Appends this reading, a line of JSON, and gives all of the dataset, oldest first.
 * @throws CliError `file_failed`
 */
export function keepReading(
  terminal: Terminal,
  file: string,
  pixelId: string,
  { web, readAtMs }: Quality,
): readonly Reading[] {
  const reading: Reading = {
    readAtMs,
    pixelId,
    web: web.map(({ event_name, score, coverage }) => ({
      event_name,
      score,
      coverage: coverage?.percentage,
    })),
  }
  try {
    const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const start = before === '' || before.endsWith('\n') ? '' : '\n'
    appendFileSync(file, `${start}${JSON.stringify(reading)}\n`)
    const lines = before.split('\n').filter((line) => line.trim() !== '')
    const kept = lines.flatMap((line) => parsed(line) ?? [])
    if (kept.length < lines.length)
      terminal.say(
        `${lines.length - kept.length} lines of ${file} are no readings, and were left out.`,
      )
    return [...kept, reading].filter((one) => one.pixelId === pixelId)
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    throw new CliError(
      'file_failed',
      `Cannot keep the reading in ${file}. Check the path and its permissions. (${code})`,
      error,
    )
  }
}

function parsed(line: string): Reading | undefined {
  try {
    const reading = JSON.parse(line) as Partial<Reading>
    const isReading =
      typeof reading.readAtMs === 'number' &&
      typeof reading.pixelId === 'string' &&
      Array.isArray(reading.web)
    return isReading ? (reading as Reading) : undefined
  } catch {
    return undefined
  }
}
