/** Cells of a row. `open`: a quote is not closed on these lines. `broken`: text stands behind a closing quote. */
export type Cells = string[] | 'open' | 'broken'

/**
 * Splits a row as RFC 4180 says; a quote inside of a cell that does not begin with one is a character like any other, as spreadsheets
 * read it. Of our own, where csv-parse takes 8 µs for a row of 11 cells and 24 for one of 79: with a quote in the wrong place it loses
 * the good rows behind it up to the next quote (version 7.0.3).
 */
export function splitCells(text: string, delimiter: string): Cells {
  if (!text.includes('"')) return text.split(delimiter)
  const cells: string[] = []
  for (let at = 0; ; ) {
    if (text.charCodeAt(at) !== QUOTE) {
      const end = text.indexOf(delimiter, at)
      if (end < 0) {
        cells.push(text.slice(at))
        return cells
      }
      cells.push(text.slice(at, end))
      at = end + 1
      continue
    }
    const end = closingQuote(text, at + 1)
    if (end < 0) return 'open'
    const cell = text.slice(at + 1, end)
    cells.push(cell.includes('""') ? cell.replaceAll('""', '"') : cell)
    at = skipBlanks(text, end + 1, delimiter)
    if (at >= text.length) return cells
    if (text[at] !== delimiter) return 'broken'
    at++
  }
}

const QUOTE = 0x22

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text.charCodeAt(at + 1) !== QUOTE) return at
  }
  return -1
}

function skipBlanks(text: string, from: number, delimiter: string): number {
  let at = from
  while (text[at] === ' ' && delimiter !== ' ') at++
  return at
}
