import { createCapi } from '@capi/core'
import { createRequestTracker, requestContext } from '@capi/core/adapter'
import { collect, collectorOptions, signEvent } from '@capi/core/collector'
import { createEmulator } from '@capi/emulator'
import { collectorBattery } from '@capi/testing'
import { PIXEL, TOKEN } from '../core-tests.ts'

collectorBattery({
  name: 'a bare web Request',
  signEvent,
  serve(options, consent) {
    const emulator = createEmulator()
    const client = createCapi({
      pixelId: PIXEL,
      accessToken: TOKEN,
      fetch: emulator.fetch,
      onIssue() {},
    })
    const ready = collectorOptions(options)
    return {
      client,
      call(init) {
        const request = new Request('https://api.shop.example/events', init)
        const asked = { url: request.url, header: (name: string) => request.headers.get(name) }
        const read = () => requestContext(asked, { trustedProxies: 1 })
        return collect(request, createRequestTracker(client, read, { consent }), ready)
      },
      async sent() {
        await client.flush()
        return emulator.events().map(({ payload }) => payload)
      },
    }
  },
})
