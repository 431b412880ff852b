import type { Capi } from '@capi/core'

/** The payload as Meta's documentation and its payload helper show it. */
export async function inline(capi: Capi) {
  return await capi.send({
    data: [
      {
        event_name: 'Purchase',
        event_time: Math.floor(Date.now() / 1000),
        action_source: 'website',
        event_source_url: 'https://shop.example/product/123',
        user_data: {
          em: ['7b17fb0bd173f625b58636fb796407c22b3d16fc78302d79f0fd30c2fc2fc068'],
          ph: [null],
          client_user_agent: 'Mozilla/5.0',
        },
        custom_data: { currency: 'USD', value: '142.52' },
      },
    ],
    test_event_code: 'TEST123',
  })
}

/** The same in a variable, as it comes out of a file. */
export async function fromVariable(capi: Capi) {
  const payload = {
    data: [
      {
        event_name: 'Lead',
        event_time: Math.floor(Date.now() / 1000),
        action_source: 'chat',
        user_data: { em: 'anna.muster@example.com' },
      },
    ],
  }
  return await capi.send(payload)
}
