import type { Row } from '../read/row-splitter.ts'
import { readAmount } from '../values/decimal.ts'
import type { CellReader } from './cells.ts'
import type { Plan } from './plan.ts'

/** Between ids in one cell. */
const BETWEEN = /[|;]/

/** Reads what was bought: one product a row, or several in a cell between `;`. */
export function contentsReader({ answers }: Plan, cells: CellReader) {
  const hasContents = cells.has('contents.id')
  const hasIds = cells.has('content_ids')

  function price(text: string): number | string {
    const read = readAmount(text, answers.decimal)
    return typeof read === 'string' ? text : read.value
  }

  function productsOf(row: readonly string[]): Record<string, unknown>[] {
    const text = cells.first(row, 'contents.id')
    if (text === '') return []
    const ids = listOf(text)
    const quantities = listOf(cells.first(row, 'contents.quantity'))
    const prices = listOf(cells.first(row, 'contents.item_price'))
    return ids.map((id, index) => {
      const product: Record<string, unknown> = { id }
      const quantity = quantities[index] ?? ''
      const itemPrice = prices[index] ?? ''
      product['quantity'] = quantity === '' ? 1 : price(quantity)
      if (itemPrice !== '') product['item_price'] = price(itemPrice)
      return product
    })
  }

  return (rows: readonly Row[], custom_data: Record<string, unknown>): void => {
    if (hasContents) {
      const contents = rows.flatMap(({ cells: row }) => productsOf(row))
      if (contents.length > 0) Object.assign(custom_data, { contents, content_type: 'product' })
    }
    if (!hasIds) return
    const ids = rows.flatMap(({ cells: row }) => listOf(cells.first(row, 'content_ids')))
    if (ids.length > 0) Object.assign(custom_data, { content_ids: ids, content_type: 'product' })
  }
}

function listOf(text: string): string[] {
  if (text === '') return []
  if (!BETWEEN.test(text)) return [text]
  return text
    .split(BETWEEN)
    .map((one) => one.trim())
    .filter((one) => one !== '')
}
