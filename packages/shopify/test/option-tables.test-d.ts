import { expectTypeOf, it } from 'vitest'
import type { COLLECTOR_OPTIONS } from '../src/funnel/pixel-collector.ts'
import type { PIXEL_PLACES } from '../src/funnel/web-pixel-settings.ts'
import type { ENDPOINT_OPTIONS } from '../src/identity/identity-endpoint.ts'
import type { IDENTITY_OPTIONS } from '../src/identity/identity-store.ts'
import type {
  HandlerOptions,
  IdentityEndpointOptions,
  IdentityStoreOptions,
  PixelCollectorOptions,
  ShopifyCapiOptions,
  WebPixelPlaces,
} from '../src/index.ts'
import type { HANDLER_OPTIONS } from '../src/webhook/handlers.ts'
import type { SHOPIFY_OPTIONS } from '../src/webhook/options.ts'

it('a table names every option of its type and no other', () => {
  expectTypeOf<keyof typeof SHOPIFY_OPTIONS>().toEqualTypeOf<keyof ShopifyCapiOptions>()
  expectTypeOf<keyof typeof HANDLER_OPTIONS>().toEqualTypeOf<keyof HandlerOptions>()
  expectTypeOf<keyof typeof ENDPOINT_OPTIONS>().toEqualTypeOf<keyof IdentityEndpointOptions>()
  expectTypeOf<keyof typeof COLLECTOR_OPTIONS>().toEqualTypeOf<keyof PixelCollectorOptions>()
  expectTypeOf<keyof typeof PIXEL_PLACES>().toEqualTypeOf<keyof WebPixelPlaces>()
  expectTypeOf<keyof typeof IDENTITY_OPTIONS>().toEqualTypeOf<keyof IdentityStoreOptions>()
})
