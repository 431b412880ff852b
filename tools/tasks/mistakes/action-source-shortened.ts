import type { Desk } from '../test/desk.ts'

export const mistake = ({ capi }: Desk) =>
  capi.track('Lead', {}, { action_source: 'web', user_data: { em: 'anna.muster@example.com' } })
