import type { Desk } from '../test/desk.ts'

export const mistake = ({ web }: Desk) => web.track('Lead', {}, { eventId: 'lead.1' })
