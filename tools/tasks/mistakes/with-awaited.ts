import type { Desk } from '../test/desk.ts'

export const mistake = async ({ capi }: Desk) =>
  (await capi.with({ action_source: 'chat' })).track(
    'Lead',
    {},
    { user_data: { em: 'anna.muster@example.com' } },
  )
