import { createCapi } from '@capi/core'
import { capiWeb } from '@capi/web'

const web = capiWeb({ client: createCapi({ pixelId: '1234567890', accessToken: 'token' }) })

export default {
  fetch: (request: Request) => web.handle(request, {}, () => new Response('ok')),
}
