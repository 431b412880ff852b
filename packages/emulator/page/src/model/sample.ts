import { API_VERSION } from './copy-as.ts'

export const SAMPLE_PIXEL = '1234567890'

/** SHA-256 of jane@example.com. */
const SAMPLE_HASH = '8c87b489ce35cf2e2f39f80e282cb2e804932a56a213983eeeb428407d43b52d'

export function envSnippet(origin: string): string {
  return `CAPI_BASE_URL=${origin}
META_PIXEL_ID=${SAMPLE_PIXEL}
META_CAPI_ACCESS_TOKEN=any-token`
}

export function curlSnippet(origin: string): string {
  return `curl ${origin}/${API_VERSION}/${SAMPLE_PIXEL}/events \\
  -H 'Authorization: Bearer any-token' \\
  -H 'Content-Type: application/json' \\
  -d '{ "data": [{
    "event_name": "Purchase",
    "event_time": '$(date +%s)',
    "event_id": "order-1001",
    "action_source": "website",
    "user_data": { "em": "${SAMPLE_HASH}" },
    "custom_data": { "value": 49.9, "currency": "EUR" }
  }] }'`
}

export const TYPESCRIPT_SNIPPET = `import { createCapi, optionsFromEnv } from '@capi/core'

const capi = createCapi(optionsFromEnv(process.env))

await capi.track(
  'Purchase',
  { value: 49.9, currency: 'EUR' },
  {
    event_id: 'order-1001',
    action_source: 'website',
    event_source_url: 'https://shop.example/thank-you',
    user_data: { em: 'jane@example.com', client_user_agent: 'Mozilla/5.0' },
  },
)
await capi.close()
`

export function pixelSnippet(origin: string): string {
  return `<script>
  !(function (w, d) {
    const q = (w.fbq = function () { q.queue.push(arguments) })
    q.push = q; q.queue = []; q.version = '2.0'; w._fbq = q
    const s = d.createElement('script')
    s.async = true; s.src = '${origin}/en_US/fbevents.js'
    d.head.append(s)
  })(window, document)
  fbq('init', '${SAMPLE_PIXEL}')
  fbq('track', 'Purchase', { value: 49.9, currency: 'EUR' }, { eventID: 'order-1001' })
</script>`
}

export function pixelCallSnippet(origin: string): string {
  return `curl -gso /dev/null '${origin}/tr?id=${SAMPLE_PIXEL}&ev=Purchase&eid=order-1001&cd[value]=49.9&cd[currency]=EUR'`
}

export const TEST_SNIPPET = `import { createEmulator } from '@capi/emulator'

const emulator = createEmulator()
// hand emulator.fetch to your client in place of fetch, then:
await emulator.waitForEvent({ event_name: 'Purchase', event_id: 'order-1001' })
`

export interface SamplePair {
  readonly browserQuery: string
  readonly serverBody: Readonly<Record<string, unknown>>
}

/** A purchase as the pixel and the server of one shop would report it, each with what only it knows. */
export function samplePair(nowMs: number): SamplePair {
  const event_id = `sample-${nowMs.toString(36)}`
  const url = 'https://shop.example/thank-you?order=1001'
  const fbp = `fb.1.${nowMs - 86_400_000}.1098115397`
  return {
    browserQuery: new URLSearchParams({
      id: SAMPLE_PIXEL,
      ev: 'Purchase',
      eid: event_id,
      dl: url,
      ts: String(nowMs),
      fbp,
      'cd[value]': '49.9',
      'cd[currency]': 'EUR',
    }).toString(),
    serverBody: {
      data: [
        {
          event_name: 'Purchase',
          event_time: Math.floor(nowMs / 1000),
          event_id,
          action_source: 'website',
          event_source_url: url,
          user_data: {
            em: SAMPLE_HASH,
            fbp,
            client_ip_address: '203.0.113.7',
            client_user_agent: 'Mozilla/5.0 (sample)',
          },
          custom_data: {
            value: 49.9,
            currency: 'EUR',
            content_ids: ['mug'],
            content_type: 'product',
          },
        },
      ],
    },
  }
}
