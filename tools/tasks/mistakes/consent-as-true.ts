import type { Desk } from '../test/desk.ts'

export const mistake = ({ capi }: Desk) =>
  capi
    .with({ consent: true })
    .track('Lead', {}, { action_source: 'chat', user_data: { em: 'anna.muster@example.com' } })
