import { buildEvent, type Capi, type ServerEvent } from '@capi/core'

/** What was built and checked waits in the application's own table. */
export function row(email: string): string | undefined {
  const { event } = buildEvent({
    event_name: 'Purchase',
    action_source: 'other',
    event_id: 'order.1',
    user_data: { em: email },
    custom_data: { value: 5, currency: 'EUR' },
  })
  return event && JSON.stringify(event)
}

export async function sendRow(capi: Capi, text: string) {
  const event: ServerEvent = JSON.parse(text)
  return await capi.send(event)
}
