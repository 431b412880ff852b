import type { Desk } from '../test/desk.ts'

export const mistake = ({ capi }: Desk) =>
  capi.track('Lead', {}, { action_source: 'app', user_data: { em: 'anna.muster@example.com' } })
