import type { Desk } from '../test/desk.ts'

export const mistake = ({ web }: Desk) =>
  web.track('Lead', { event_id: 'lead.1', user_data: { em: 'anna.muster@example.com' } })
