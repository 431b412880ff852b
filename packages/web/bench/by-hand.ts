/** What people write instead of a library: two hashes, one fetch in `waitUntil`. */
interface Env {
  readonly META_PIXEL_ID: string
  readonly META_CAPI_ACCESS_TOKEN: string
  readonly CAPI_BASE_URL: string
}

interface Context {
  waitUntil(work: Promise<unknown>): void
}

async function hash(value: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(value))
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function send(request: Request, env: Env, event_id: string): Promise<void> {
  const cookies = request.headers.get('cookie') ?? ''
  const event = {
    event_name: 'Purchase',
    event_id,
    event_time: Math.floor(Date.now() / 1000),
    action_source: 'website',
    event_source_url: request.url,
    user_data: {
      em: [await hash('anna.muster@example.com')],
      ph: [await hash('41791234567')],
      client_ip_address: request.headers.get('cf-connecting-ip'),
      client_user_agent: request.headers.get('user-agent'),
      fbp: /_fbp=([^;]*)/.exec(cookies)?.[1],
    },
    custom_data: { value: 12.5, currency: 'EUR' },
  }
  const response = await fetch(`${env.CAPI_BASE_URL}/v27.0/${env.META_PIXEL_ID}/events`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${env.META_CAPI_ACCESS_TOKEN}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ data: [event] }),
  })
  await response.json()
}

export const worker = {
  fetch(request: Request, env: Env, context: Context): Response {
    const event_id = crypto.randomUUID()
    context.waitUntil(send(request, env, event_id))
    return Response.json({ event_id })
  },
}
