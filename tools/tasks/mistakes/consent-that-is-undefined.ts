import type { Desk } from '../test/desk.ts'

export const mistake = ({ capi }: Desk) =>
  capi
    .with({ action_source: 'chat', consent: undefined })
    .track('Lead', {}, { user_data: { em: 'anna.muster@example.com' } })
