import { eventIdFrom } from '@capi/core'
import type { Desk } from '../test/desk.ts'

export const mistake = ({ web }: Desk) =>
  web.track('Lead', {}, { event_id: eventIdFrom('order', JSON.parse('{}').id) })
