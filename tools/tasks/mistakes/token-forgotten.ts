import { createCapi } from '@capi/core'
import type { Desk } from '../test/desk.ts'

export const mistake = ({ options }: Desk) =>
  createCapi({ ...options, accessToken: undefined }).track(
    'Lead',
    {},
    { action_source: 'chat', user_data: { em: 'anna.muster@example.com' } },
  )
