import type { Row } from '../read/row-splitter.ts'
import { cellReader } from './cells.ts'
import type { Plan } from './plan.ts'

/** Puts rows that stand next to each other and are of one order together. */
export function orderGrouper(plan: Plan) {
  const cells = cellReader(plan)
  const isGrouped = cells.has('group')
  let open: Row[] = []
  let openId = ''

  function* push(rows: readonly Row[]): Generator<readonly Row[]> {
    for (const row of rows) {
      const id = isGrouped && row.fault === undefined ? cells.first(row.cells, 'group') : ''
      if (id !== '' && id === openId) {
        open.push(row)
        continue
      }
      if (open.length > 0) yield open
      open = [row]
      openId = id
    }
  }

  return {
    push,
    *end(): Generator<readonly Row[]> {
      if (open.length > 0) yield open
      open = []
    },
  }
}
