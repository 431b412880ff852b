import type { Capi, Tracker } from '@capi/core'

/** Takes a client, a request's tracker or a scope alike. */
async function lead(tracker: Tracker, email: string) {
  return await tracker.track('Lead', {}, { action_source: 'chat', user_data: { em: email } })
}

export async function leads(capi: Capi, email: string) {
  const first = await lead(capi, email)
  const second = await lead(capi.with({ custom_data: { content_name: 'Newsletter' } }), email)
  const third = await lead(capi.with({ action_source: 'website' }), email)
  return [first, second, third].map(({ outcome }) => outcome)
}
