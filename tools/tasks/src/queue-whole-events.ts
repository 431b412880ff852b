import type { Capi, EventInput } from '@capi/core'

/** Events that are whole already are queued as they are, and not waited for. */
export async function queued(capi: Capi, events: readonly EventInput[]) {
  const receipts = await capi.enqueue(events)
  const one = await capi.enqueue({
    event_name: 'Contact',
    action_source: 'email',
    event_id: 'mail.1',
    user_data: { em: 'anna.muster@example.com' },
  })
  return { receipts, one }
}
