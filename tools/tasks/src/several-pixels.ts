import { type CapiOptions, createCapi } from '@capi/core'

/** The shop and its brand both get every event. */
export async function toBoth(options: CapiOptions) {
  const capi = createCapi({ ...options, pixelId: ['1234567890', '9876543210'] })
  await capi.track(
    'Lead',
    {},
    { action_source: 'chat', event_id: 'lead.1', user_data: { em: 'anna.muster@example.com' } },
  )
  await capi.close()
  return await capi.stats()
}
