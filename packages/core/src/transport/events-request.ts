import type { AccessToken, ResolvedOptions } from '../options.ts'
import { appSecretProof } from './app-secret-proof.ts'

/** A request but for its method. */
export interface EventsRequest {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Where a pixel's events go. */
export function eventsUrl(
  { gateway, baseUrl, apiVersion }: Pick<ResolvedOptions, 'gateway' | 'baseUrl' | 'apiVersion'>,
  pixelId: string,
): string {
  return gateway === undefined
    ? `${baseUrl}/${apiVersion}/${pixelId}/events`
    : `${gateway.url}/capi/${pixelId}/events`
}

/**
 * The request around events that are JSON already. The token stands in the Authorization header and
 * nowhere else; a Gateway's key in the body, where it asks for it.
 * Sources: Meta's Node SDK (`appsecret_proof`) and Java SDK (`CAPIGatewayEndpoint`), read 2026-09.
 * @returns undefined when there is no token.
 */
export async function eventsRequest(
  options: Pick<ResolvedOptions, 'gateway' | 'appSecret' | 'testEventCode' | 'partnerAgent'>,
  bodies: readonly string[],
  accessToken: AccessToken,
  pixelId: string,
): Promise<EventsRequest | undefined> {
  const { gateway, appSecret, testEventCode, partnerAgent } = options
  const json = { 'content-type': 'application/json' }
  const shared = { test_event_code: testEventCode, partner_agent: partnerAgent }
  if (gateway !== undefined) {
    const body = withData(bodies, { accessKey: gateway.accessKey, ...shared })
    return { headers: json, body }
  }
  const token = typeof accessToken === 'string' ? accessToken : await accessToken(pixelId)
  if (!token) return undefined
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
