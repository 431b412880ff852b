import type { Capi } from '@capi/core'

/** One event shows up under Test events, the client's others do not. */
export async function tryOut(capi: Capi, code: string | undefined) {
  return await capi.send(
    { event_name: 'Lead', action_source: 'chat', user_data: { em: 'anna.muster@example.com' } },
    { testEventCode: code },
  )
}
