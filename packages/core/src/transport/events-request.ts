import type { ResolvedOptions } from '../options.ts'

/** Source: Meta, Using the API, read 2026-09. */
export function eventsUrl(
  options: Pick<ResolvedOptions, 'baseUrl' | 'apiVersion'>,
  pixelId: string,
): string {
  return `${options.baseUrl}/${options.apiVersion}/${pixelId}/events`
}

/** The request's JSON around events that are JSON already. */
export function eventsBody(
  bodies: readonly string[],
  options: Pick<ResolvedOptions, 'testEventCode' | 'partnerAgent'>,
): string {
  const envelope = JSON.stringify({
    test_event_code: options.testEventCode,
    partner_agent: options.partnerAgent,
  })
  const tail = envelope === '{}' ? '}' : `,${envelope.slice(1)}`
  return `{"data":[${bodies.join(',')}]${tail}`
}
