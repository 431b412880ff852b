import type { Desk } from '../test/desk.ts'

export const mistake = ({ web }: Desk) => web.track('Lead', {}, { value: 5, currency: 'EUR' })
