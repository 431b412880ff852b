import type { Html } from './html.ts'
import { bowlDrawing, mugDrawing, vaseDrawing } from './illustrations.ts'

export interface Product {
  readonly id: string
  readonly name: string
  readonly priceEur: number
  readonly description: string
  readonly drawing: Html
}

export const products: readonly Product[] = [
  {
    id: 'mug',
    name: 'Harbour mug',
    priceEur: 24,
    description: 'Dipped by hand while the glaze still runs, so no two shorelines are alike.',
    drawing: mugDrawing,
  },
  {
    id: 'bowl',
    name: 'Sunday bowl',
    priceEur: 32,
    description:
      'Wide enough for soup, deep enough for seconds, with eight leaves around the belly.',
    drawing: bowlDrawing,
  },
  {
    id: 'vase',
    name: 'Single-stem vase',
    priceEur: 48,
    description: 'Made for the one branch you brought home in your coat pocket.',
    drawing: vaseDrawing,
  },
]

export function findProduct(id: string): Product | undefined {
  return products.find((product) => product.id === id)
}

const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' })

export function formatEuros(amountEur: number): string {
  return euros.format(amountEur)
}
