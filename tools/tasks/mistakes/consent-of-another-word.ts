import type { Desk } from '../test/desk.ts'

const event = {
  action_source: 'chat' as const,
  consent: 'no',
  user_data: { em: 'anna.muster@example.com' },
}

export const mistake = ({ capi }: Desk) => capi.track('Lead', {}, event)
