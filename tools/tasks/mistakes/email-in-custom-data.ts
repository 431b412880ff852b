import type { Desk } from '../test/desk.ts'

export const mistake = ({ web }: Desk) => web.track('Lead', { em: 'anna.muster@example.com' })
