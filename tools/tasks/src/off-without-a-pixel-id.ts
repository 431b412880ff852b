import { type CapiOptions, createCapi, optionsFromEnv } from '@capi/core'

/** On a developer's machine no variable is set: the code runs, and sends nothing. */
export async function develop(env: Record<string, string | undefined>, options: CapiOptions) {
  const capi = createCapi({ ...options, ...optionsFromEnv(env) })
  const receipt = await capi.track(
    'Lead',
    {},
    { action_source: 'chat', user_data: { em: 'anna.muster@example.com' } },
  )
  await capi.close()
  return receipt
}
