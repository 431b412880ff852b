import type { Desk } from '../test/desk.ts'

export const mistake = ({ web }: Desk) => web.track('AddToCart', { value: 5, currency: 'EURO' })
