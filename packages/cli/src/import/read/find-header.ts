import { CliError } from '../../shell/cli-error.ts'
import { FREE } from '../sources/free.ts'
import { SOURCES } from '../sources/sources.ts'
import { foldHeader } from './fold.ts'
import { splitCells } from './split-cells.ts'

/** The header of a file, and how its cells stand apart. */
export interface Header {
  readonly delimiter: string
  /** Lines up to the header, that included. */
  readonly headerLines: number
  readonly headers: readonly string[]
  /** The same, as they are compared. */
  readonly folded: readonly string[]
  /** The zone that a line above the header names for all times. */
  readonly timezone?: string
}

export const DELIMITERS: readonly string[] = [',', ';', '\t', '|']

/** Google's files and some of banks' have lines above the header. */
const MAX_PREAMBLE = 30
/** So many known names make a line a header. */
const MIN_KNOWN = 3

const KNOWN: ReadonlySet<string> = new Set(
  [...SOURCES, FREE].flatMap(({ columns, signature }) => [...Object.keys(columns), ...signature]),
)

export interface HeaderHints {
  readonly delimiter?: string
  /** Headers that the user named: where they stand is the header. */
  readonly named?: readonly string[]
  /** Headers that mappings of other files name. */
  readonly saved?: readonly (readonly string[])[]
}

/**
 * The first line with three known names, by whichever delimiter shows most of them.
 * @throws CliError `input_invalid`
 */
export function findHeader(
  head: string,
  { delimiter, named = [], saved = [] }: HeaderHints,
): Header {
  const lines = head.split('\n', MAX_PREAMBLE).map((line) => line.replace(/\r$/, ''))
  const delimiters = delimiter === undefined ? DELIMITERS : [delimiter]
  // What was saved of another file only counts where nothing else shows the header.
  const found = [named, ...saved]
    .map((names) => bestHeader(lines, delimiters, names.map(foldHeader)))
    .find((one) => one !== undefined)
  if (found === undefined) throw noHeader(named.length > 0)
  const { known: _, ...header } = found
  const zone = timezoneIn(lines.slice(0, header.headerLines - 1))
  return zone === undefined ? header : { ...header, timezone: zone }
}

function bestHeader(
  lines: readonly string[],
  delimiters: readonly string[],
  wanted: readonly string[],
) {
  return delimiters
    .map((one) => headerBy(lines, one, wanted))
    .filter((one) => one !== undefined)
    .sort((one, other) => other.known - one.known)[0]
}

function headerBy(lines: readonly string[], delimiter: string, wanted: readonly string[]) {
  for (const [index, line] of lines.entries()) {
    const cells = splitCells(line, delimiter)
    if (typeof cells === 'string') continue
    const headers = withoutTail(cells)
    const folded = headers.map(foldHeader)
    const isNamed = wanted.length > 0 && wanted.every((name) => folded.includes(name))
    const known = folded.filter((name) => KNOWN.has(name)).length
    if (!isNamed && known < MIN_KNOWN) continue
    return { delimiter, headerLines: index + 1, headers, folded, known: known + wanted.length }
  }
  return undefined
}

/** A delimiter at the end of each line makes an empty last column. */
function withoutTail(cells: readonly string[]): readonly string[] {
  let end = cells.length
  while (end > 0 && cells[end - 1]?.trim() === '') end--
  return cells.slice(0, end)
}

/** Google: `Parameters:TimeZone=Europe/Zurich`. */
function timezoneIn(lines: readonly string[]): string | undefined {
  return lines
    .map((line) => /TimeZone=([^,;\t"]+)/i.exec(line)?.[1]?.trim())
    .find((zone) => zone !== undefined)
}

function noHeader(isNamed: boolean): CliError {
  return new CliError(
    'input_invalid',
    isNamed
      ? 'No line of the file has all the columns that --column and the mapping name. Nothing was sent. Write them as they stand in the file.'
      : 'No header was found: in its first 30 lines, none has three column names that are known. Nothing was sent. Name the columns, for example --column "E-Mail=user_data.em" --column "Order=order_id" --column "Sum=value", or pass --delimiter.',
  )
}
