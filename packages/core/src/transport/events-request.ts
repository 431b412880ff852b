import { appSecretProof } from './app-secret-proof.ts'
import type { Endpoint, Envelope } from './exchange-options.ts'

/** Meta refuses more events in one call. Source: Meta, Using the API, read 2026-09. */
export const META_MAX_EVENTS = 1_000

/** A request but for its method. */
export interface EventsRequest {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Why there is none. */
export interface NoRequest {
  readonly code: 'access_token_unavailable' | 'access_token_malformed' | 'held' | 'same_token'
}

/** Where a pixel's events go. */
export function eventsUrl({ gateway, baseUrl, apiVersion }: Endpoint, pixelId: string): string {
  return gateway === undefined
    ? `${baseUrl}/${apiVersion}/${pixelId}/events`
    : `${gateway.url}/capi/${pixelId}/events`
}

/**
 * The request around events that are JSON already. The token stands in the Authorization header and
 * nowhere else; a Gateway's key in the body, where it asks for it.
 * Sources: Meta's Node SDK (`appsecret_proof`) and Java SDK (`CAPIGatewayEndpoint`), read 2026-09.
 */
export async function eventsRequest(
  options: Envelope,
  bodies: readonly string[],
  token: string | undefined,
): Promise<EventsRequest | NoRequest> {
  const { gateway, appSecret, testEventCode, partnerAgent, uploadTag } = options
  const json = { 'content-type': 'application/json' }
  const shared = {
    test_event_code: testEventCode,
    partner_agent: partnerAgent,
    upload_tag: uploadTag,
  }
  if (gateway !== undefined) {
    const body = withData(bodies, { accessKey: gateway.accessKey, ...shared })
    return { headers: json, body }
  }
  if (!token) return { code: 'access_token_unavailable' }
  // What fetch would refuse to put into a header, with a text that repeats it.
  if (!/^[\x21-\x7e]+$/.test(token)) return { code: 'access_token_malformed' }
  const appsecret_proof =
    appSecret === undefined ? undefined : await appSecretProof(appSecret, token)
  return {
    headers: { ...json, authorization: `Bearer ${token}` },
    body: withData(bodies, { ...shared, appsecret_proof }),
  }
}

function withData(bodies: readonly string[], fields: Record<string, string | undefined>): string {
  const envelope = JSON.stringify(fields)
  const tail = envelope === '{}' ? '}' : `,${envelope.slice(1)}`
  return `{"data":[${bodies.join(',')}]${tail}`
}
