import type { Desk } from '../test/desk.ts'

export const mistake = ({ capi }: Desk) =>
  capi.send([
    {
      event_name: 'Purchase',
      action_source: 'chat',
      custom_data: { value: 5, currency: '$' },
      user_data: { em: 'anna.muster@example.com' },
    },
  ])
