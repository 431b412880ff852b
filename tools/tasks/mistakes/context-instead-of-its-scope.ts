import { requestContext } from '@capi/core/adapter'
import type { Desk } from '../test/desk.ts'

export const mistake = ({ capi }: Desk) =>
  capi
    .with(requestContext({ url: '/', header: () => 'shop.example' }))
    .track('Lead', {}, { action_source: 'chat', user_data: { em: 'anna.muster@example.com' } })
