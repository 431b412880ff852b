import type { CapiModuleOptions } from '@capi/nest'
import type { ConfigService } from '@nestjs/config'
import type { OpenOutbox } from './outbox/open-outbox.ts'

/** From `.env` or the environment, through Nest's own configuration. */
export function capiOptions(config: ConfigService, { outbox }: OpenOutbox): CapiModuleOptions {
  return {
    outbox,
    pixelId: config.get<string>('META_PIXEL_ID'),
    accessToken: config.get<string>('META_CAPI_ACCESS_TOKEN'),
    baseUrl: config.get<string>('CAPI_BASE_URL'),
    // The shop's page sends what the visitor chose in the consent banner; until then nothing leaves.
    consent: ({ headers }) => (headers['x-consent'] === 'granted' ? 'granted' : 'denied'),
    // Signed in by whatever stands in front; a session would do as well.
    user: ({ headers }) => ({ external_id: headers['x-customer-id']?.toString() }),
    skip: ({ headers }) => /bot|crawl|spider/i.test(headers['user-agent'] ?? ''),
    shutdownTimeoutMs: 5_000,
  }
}
