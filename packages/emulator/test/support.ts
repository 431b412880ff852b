import type { Emulator } from '../src/index.ts'

/** 2026-11-01T00:00:00Z. */
export const NOW_SEC = 1_793_491_200
export const now = () => NOW_SEC * 1000

/** SHA-256 of `jane@example.com`. */
export const HASH = '8c87b489ce35cf2e2f39f80e282cb2e804932a56a213983eeeb428407d43b52d'
export const TOKEN = 'EAAB-secret-of-the-shop-wxyz'

type Json = Record<string, unknown>

/** An event that keeps every rule; `undefined` in `changes` takes a key away. */
export function event(changes: Json = {}): Json {
  return {
    event_name: 'PageView',
    event_time: NOW_SEC,
    action_source: 'website',
    user_data: { em: HASH },
    ...changes,
  }
}

export function purchase(customData: Json): Json {
  return event({ event_name: 'Purchase', custom_data: customData })
}

/** Posts a body as a client would. */
export function post(emulator: Emulator, body: unknown, headers: Record<string, string> = {}) {
  return emulator.fetch('https://graph.facebook.com/v27.0/42/events', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

/** The refusal's parts that tests look at. */
export async function refusal(response: Response) {
  const { error } = (await response.json()) as { error: Json }
  return {
    status: response.status,
    rule: response.headers.get('x-capi-emulator-rule'),
    error,
    text: JSON.stringify(error),
  }
}
