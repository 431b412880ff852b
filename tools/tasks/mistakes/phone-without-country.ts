import type { Desk } from '../test/desk.ts'

export const mistake = ({ capi }: Desk) =>
  capi.track('Lead', {}, { action_source: 'phone_call', user_data: { ph: '079 123 45 67' } })
