import { homeOf } from '@capi/core/adapter'
import { type CsvError, type Info, parse } from 'csv-parse'
import type { EventSource, FileFinding } from './located-event.ts'
import { setPath, writtenValue } from './set-path.ts'

const DELIMITERS = [',', ';', '\t', '|'] as const

/** With `info: true`, each record comes so. */
interface ParsedRow {
  readonly record: readonly string[]
  readonly info: Info
}

/** A column's place in an event: `['user_data', 'em']`; undefined: it has none. */
type Place = readonly string[] | undefined

/**
 * A row for each event, under a header of paths (`user_data.em`, `custom_data.value`) or names that are known for sure (`email`,
 * `value`). What a cell means beyond that (a zone, a decimal comma) is not guessed: for exports of shops there is `capi import`.
 */
export async function* csvEvents(text: AsyncIterable<string>): EventSource {
  const { head, rest } = await headOf(text)
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(head),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
  })
  const written = write(parser, rest)
  let places: readonly Place[] | undefined
  let line = 1
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRow>) {
      const here = line
      line = info.lines + 1
      if (places === undefined) {
        places = record.map(placeOf)
        yield* unknownColumns(record, places, here)
        continue
      }
      if (record.length > places.length) yield tooManyCells(here)
      yield { event: eventOf(record, places), line: here, lineOf: () => here }
    }
    await written
  } catch (error) {
    yield unreadable(error, line)
  }
}

async function write(
  parser: ReturnType<typeof parse>,
  chunks: AsyncIterable<string>,
): Promise<void> {
  try {
    for await (const chunk of chunks) {
      if (!parser.write(chunk)) await new Promise((resolve) => parser.once('drain', resolve))
    }
    parser.end()
  } catch (error) {
    parser.destroy(error as Error)
  }
}

/** The first line, and all of the text again. */
async function headOf(text: AsyncIterable<string>) {
  const chunks = text[Symbol.asyncIterator]()
  let head = ''
  let isDone = false
  while (!isDone && !head.includes('\n')) {
    const { done = false, value } = await chunks.next()
    isDone = done
    head += value ?? ''
  }
  async function* rest() {
    yield head
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next())
      yield next.value
  }
  return { head: head.split(/\r?\n/, 1)[0] ?? '', rest: rest() }
}

/** The one that the header has most of. */
function delimiterOf(head: string): string {
  const count = (delimiter: string) => head.split(delimiter).length
  return [...DELIMITERS].sort((a, b) => count(b) - count(a))[0] ?? ','
}

const OBJECTS: ReadonlySet<string> = new Set([
  'user_data',
  'custom_data',
  'app_data',
  'original_event_data',
])

function placeOf(column: string): Place {
  const name = column.trim()
  const parts = name.split('.')
  if (parts.length > 1) return OBJECTS.has(parts[0] ?? '') ? parts : undefined
  if (OBJECTS.has(name)) return [name]
  const home = homeOf(name, 'event')
  return home !== undefined && /^[\w.]+$/.test(home) ? home.split('.') : undefined
}

function eventOf(record: readonly string[], places: readonly Place[]): object {
  const event: Record<string, unknown> = {}
  places.forEach((place, index) => {
    const cell = record[index] ?? ''
    if (place !== undefined && cell !== '') setPath(event, place, writtenValue(cell))
  })
  return event
}

function* unknownColumns(
  header: readonly string[],
  places: readonly Place[],
  line: number,
): Generator<FileFinding> {
  for (const [index, place] of places.entries()) {
    if (place !== undefined) continue
    yield {
      line,
      code: 'column_unknown',
      severity: 'warning',
      message: `Column ${index + 1} is no field of an event${isName(header[index]) ? ` (${header[index]})` : ''}, and is left out.`,
      fix: 'Name it by its path, such as user_data.em or custom_data.value, or remove it.',
    }
  }
}

/** A file without a header has values there. */
function isName(text: string | undefined): text is string {
  return text !== undefined && /^[\p{L}_][\p{L}\p{N}_ .-]{0,39}$/u.test(text) && !text.includes('@')
}

function tooManyCells(line: number): FileFinding {
  return {
    line,
    code: 'row_too_long',
    severity: 'warning',
    message: 'The row has more cells than the header has names; the last ones are left out.',
    fix: 'Put cells that hold the delimiter into quotes.',
  }
}

function unreadable(error: unknown, line: number): FileFinding {
  const { code, lines } = error as CsvError
  return {
    line: typeof lines === 'number' ? lines : line,
    code: 'csv_invalid',
    severity: 'error',
    message: `The file cannot be read as CSV from here on${typeof code === 'string' ? ` (${code})` : ''}.`,
    fix: 'Look for a quote that is opened and not closed, here or before.',
  }
}
