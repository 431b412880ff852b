import { type CapiOptions, createCapi } from '@capi/core'
import { onTestFinished } from 'vitest'

export const PIXEL = '1234567890'
export const EMAIL = 'anna.muster@example.com'
export const TOKEN = 'EAAsecretToken'

const REFUSED = {
  error: { message: 'bad', type: 'OAuthException', code: 100, error_subcode: 2804003 },
}

/** A shop whose Meta answers so, one answer after the other, the last again and again. */
export function shop(options: CapiOptions, ...answers: readonly (() => Response)[]) {
  let requests = 0
  const capi = createCapi({
    pixelId: PIXEL,
    accessToken: TOKEN,
    logger: { warn() {}, error() {} },
    batch: { maxWaitMs: 0 },
    retry: { baseDelayMs: 20, maxDelayMs: 50 },
    ...options,
    fetch: () => {
      const answer = answers[Math.min(requests++, answers.length - 1)] ?? taken
      return Promise.resolve(answer())
    },
  })
  onTestFinished(() => capi.close({ timeoutMs: 0 }).then(() => {}))
  return capi
}

export const taken = (): Response =>
  Response.json({ events_received: 1, messages: [], fbtrace_id: 'Abc' })
export const away = (): Response => new Response('', { status: 503 })
export const refused = (): Response => Response.json(REFUSED, { status: 400 })

export const sale = (event_id: string) =>
  ({
    event_id,
    action_source: 'website',
    event_source_url: `https://shop.example/?email=${EMAIL}`,
    user_data: { em: EMAIL, client_ip_address: '203.0.113.7', client_user_agent: 'UA/1' },
  }) as const
