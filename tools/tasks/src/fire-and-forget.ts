import type { Capi } from '@capi/core'

/** A handler that has no time to wait: `track` never rejects. */
export function clicked(capi: Capi, userId: number): string {
  void capi.track('Contact', undefined, {
    action_source: 'phone_call',
    user_data: { external_id: userId },
  })
  return 'ok'
}
