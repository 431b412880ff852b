import { type CapiOptions, createCapi } from '@capi/core'

/** A function is frozen after it has answered: it waits for delivery before. */
export function handlerOf(options: CapiOptions) {
  const capi = createCapi(options)
  return async (event: { body: string }) => {
    const { email } = JSON.parse(event.body)
    await capi.track('Contact', {}, { action_source: 'email', user_data: { em: email } })
    const { delivered, queued } = await capi.flush({ timeoutMs: 2000 })
    return { statusCode: 200, body: `${delivered} ${queued}` }
  }
}
