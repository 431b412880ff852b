import type { Desk } from '../test/desk.ts'

export const mistake = ({ web }: Desk) =>
  web.track('Lead', {}, { user_data: { email: 'anna.muster@example.com' } })
