import { type CapiOptions, createCapi } from '@capi/core'

/** Staging has all variables, and must not send. */
export async function onStaging(options: CapiOptions, isProduction: boolean) {
  const capi = createCapi({ ...options, enabled: isProduction })
  const { outcome, reason } = await capi.track(
    'Lead',
    {},
    { action_source: 'chat', user_data: { em: 'anna.muster@example.com' } },
  )
  await capi.close()
  return { outcome, reason }
}
