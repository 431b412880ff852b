import type { Desk } from '../test/desk.ts'

export const mistake = ({ capi }: Desk) =>
  capi
    .enqueue({
      event_name: 'Lead',
      action_source: 'chat',
      user_data: { em: 'anna.muster@example.com' },
    })
    .then(({ outcome }) => outcome === 'sent')
