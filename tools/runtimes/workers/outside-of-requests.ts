import { type Capi, createCapi, sha256 } from '@capi/core'

/** Cloudflare Workers allow neither timers nor random values nor I/O while a module loads. */
const capi: Capi = createCapi({ pixelId: '1234567890', accessToken: 'token' })
const early = {
  receipt: capi.track(
    'Lead',
    {},
    {
      action_source: 'website',
      event_source_url: 'https://shop.example/',
      user_data: { em: 'anna@example.com', client_user_agent: 'UA/1' },
    },
  ),
  sent: capi
    .send({ event_name: 'Lead', action_source: 'chat', user_data: { em: 'anna@example.com' } })
    .catch((error) => error.code),
  flushed: capi.flush(),
  hash: sha256('mary'),
}

export default {
  async fetch(): Promise<Response> {
    const [receipt, sent, flushed] = await Promise.all([early.receipt, early.sent, early.flushed])
    return Response.json({ receipt, sent, flushed, hash: early.hash, stats: await capi.stats() })
  },
}
