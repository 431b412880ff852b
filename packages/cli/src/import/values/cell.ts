/** What spreadsheets write where a formula failed. */
const FORMULA_ERRORS: ReadonlySet<string> = new Set([
  '#N/A',
  '#REF!',
  '#VALUE!',
  '#NAME?',
  '#DIV/0!',
  '#NULL!',
  '#NUM!',
])

/** `="00123"`: text that a spreadsheet must not take for a number. */
const TEXT_FORMULA = /^="([^"]*)"$/

/** `4.91512E+12`: a spreadsheet cut a long number down to these digits. */
const EXPONENT = /^\d(?:[.,]\d+)?E\+?\d{1,3}$/i

/** A cell as the person who exported it meant it; blank for an error of a formula. */
export function cleanCell(cell: string): string {
  if (cell === '') return ''
  const first = cell.charCodeAt(0)
  const text = first <= 0x20 || isBlankEnd(cell) || first === 0xa0 ? cell.trim() : cell
  const start = text.charCodeAt(0)
  // Written by Shopify and by spreadsheets on purpose: what follows is text.
  if (start === 0x27) return text.slice(1).trim()
  if (start === 0x23 && FORMULA_ERRORS.has(text)) return ''
  if (start === 0x3d) return TEXT_FORMULA.exec(text)?.[1]?.trim() ?? text
  return text
}

function isBlankEnd(cell: string): boolean {
  const last = cell.charCodeAt(cell.length - 1)
  return last <= 0x20 || last === 0xa0
}

/** Whether a number of a phone, a postal code or an id has lost its last digits to a spreadsheet. */
export function hasLostDigits(text: string): boolean {
  return text.length >= 4 && /e/i.test(text) && EXPONENT.test(text)
}

/**
 * A cell that a spreadsheet would run as a formula gets an apostrophe before it, which `cleanCell` takes away again.
 * Source: OWASP, CSV Injection, read 2026-09.
 */
export function guardFormula(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
}
