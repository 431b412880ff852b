import { type CapiOptions, createCapi } from '@capi/core'

/** A proxy's agent, a metric: every request passes through here. */
export function measured(options: CapiOptions, done: (status: number) => void) {
  const { fetch: send = fetch } = options
  return createCapi({
    ...options,
    fetch: async (input, init) => {
      const response = await send(input, init)
      done(response.status)
      return response
    },
  })
}
