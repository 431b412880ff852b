import type { Target } from '../sources/target.ts'
import { cleanCell } from '../values/cell.ts'
import type { Plan } from './plan.ts'

/** Reads the cells of one row by their target. */
export interface CellReader {
  /** The first that is not blank; '' for none. */
  first(cells: readonly string[], target: Target): string
  /** All that are not blank. */
  all(cells: readonly string[], target: Target): readonly string[]
  readonly has: (target: Target) => boolean
}

export function cellReader({ columns, source: { prefixes } }: Plan): CellReader {
  const clean =
    prefixes === undefined
      ? cleanCell
      : (cell: string) => cleanCell(cleanCell(cell).replace(prefixes, ''))
  const none: readonly number[] = []
  return {
    first(cells, target) {
      for (const index of columns.get(target) ?? none) {
        const text = clean(cells[index] ?? '')
        if (text !== '') return text
      }
      return ''
    },
    all(cells, target) {
      const texts: string[] = []
      for (const index of columns.get(target) ?? none) {
        const text = clean(cells[index] ?? '')
        if (text !== '' && !texts.includes(text)) texts.push(text)
      }
      return texts
    },
    has: (target) => columns.has(target),
  }
}
