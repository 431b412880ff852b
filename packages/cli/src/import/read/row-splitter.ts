import { splitCells } from './split-cells.ts'

/** A row of the file. */
export interface Row {
  /** The line of the file on which it begins, 1 for the first. */
  readonly line: number
  readonly cells: readonly string[]
  /** Why its cells mean nothing; then they are its text, whole. */
  readonly fault?: RowFault
}

/** `row_ragged`: too few or too many cells. `row_unreadable`: a quote in the wrong place. */
export type RowFault = 'row_ragged' | 'row_unreadable'

export interface Shape {
  readonly delimiter: string
  /** Lines up to the header, that included. */
  readonly headerLines: number
  /** Cells of the header. */
  readonly width: number
}

/** A row with line breaks in its cells may have so many bytes: a quote that is never closed would swallow the rest of the file. */
const MAX_ROW_BYTES = 1 << 18
const LINE_FEED = 10
const RETURN = 13
const QUOTE = 0x22

/** Cuts bytes in UTF-8 into rows. A row that cannot be read costs itself alone: reading goes on with the next line. */
export function rowSplitter({ delimiter, headerLines, width }: Shape) {
  let rest: Buffer = Buffer.alloc(0)
  let line = 1
  let rows: Row[] = []

  function add(text: string, cells: string[] | undefined): void {
    if (line <= headerLines || text === '') return
    if (cells === undefined) rows.push({ line, cells: [text], fault: 'row_unreadable' })
    else if (cells[0] === '' && isBlank(cells)) return
    else if (fit(cells, width)) rows.push({ line, cells })
    else rows.push({ line, cells: [text], fault: 'row_ragged' })
  }

  /** @returns where the next row begins; undefined: this one does not end in these bytes. */
  function takeRow(data: Buffer, from: number, isEnd: boolean): number | undefined {
    const lineEnd = endOfLine(data, from, isEnd)
    if (lineEnd === undefined) return undefined
    const text = textOf(data, from, lineEnd)
    const cells = line <= headerLines ? [] : splitCells(text, delimiter)
    if (cells === 'open') {
      const longer = takeLongRow(data, { from, lineEnd, isEnd })
      if (longer !== 'none') return longer
    }
    add(text, typeof cells === 'string' ? undefined : cells)
    line++
    return lineEnd + 1
  }

  /** A row whose cells hold line breaks. `none`: the quote opens nothing; the first line stands alone. */
  function takeLongRow(
    data: Buffer,
    { from, lineEnd, isEnd }: { from: number; lineEnd: number; isEnd: boolean },
  ): number | undefined | 'none' {
    let end = lineEnd
    while (end - from <= MAX_ROW_BYTES) {
      const quote = data.indexOf(QUOTE, end)
      const next = quote < 0 ? undefined : endOfLine(data, quote, isEnd)
      if (next === undefined)
        return isEnd || data.length - from > MAX_ROW_BYTES ? 'none' : undefined
      end = next
      const cells = splitCells(textOf(data, from, end), delimiter)
      if (cells === 'open') continue
      if (cells === 'broken' || !fit(cells, width)) return 'none'
      rows.push({ line, cells })
      line += linesIn(data, from, end)
      return end + 1
    }
    return 'none'
  }

  function take(data: Buffer, isEnd: boolean): Row[] {
    let from = 0
    while (from < data.length) {
      const next = takeRow(data, from, isEnd)
      if (next === undefined) break
      from = next
    }
    rest = from < data.length ? data.subarray(from) : Buffer.alloc(0)
    const taken = rows
    rows = []
    return taken
  }

  return {
    /** @returns the rows that end in this part. */
    push: (part: Buffer) => take(rest.length === 0 ? part : Buffer.concat([rest, part]), false),
    /** @returns what stands behind the last line break. */
    end: () => take(rest, true),
  }
}

function endOfLine(data: Buffer, from: number, isEnd: boolean): number | undefined {
  const end = data.indexOf(LINE_FEED, from)
  if (end >= 0) return end
  return isEnd ? data.length : undefined
}

/** A text of its own: a piece of the whole part would keep that in memory for as long as a cell lives. */
function textOf(data: Buffer, from: number, end: number): string {
  const to = end > from && data[end - 1] === RETURN ? end - 1 : end
  return data.toString('utf8', from, to)
}

function linesIn(data: Buffer, from: number, end: number): number {
  let lines = 1
  for (
    let at = data.indexOf(LINE_FEED, from);
    at >= 0 && at < end;
    at = data.indexOf(LINE_FEED, at + 1)
  )
    lines++
  return lines
}

/** Empty cells behind the last column are none. */
function fit(cells: string[], width: number): boolean {
  while (cells.length > width && cells.at(-1) === '') cells.pop()
  return cells.length === width
}

const isBlank = (cells: readonly string[]) => cells.every((cell) => cell === '')
