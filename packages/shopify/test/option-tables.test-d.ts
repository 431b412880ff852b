import { expectTypeOf, it } from 'vitest'
import type { ENDPOINT_OPTIONS } from '../src/identity/identity-endpoint.ts'
import type { IDENTITY_OPTIONS } from '../src/identity/identity-store.ts'
import type {
  HandlerOptions,
  IdentityEndpointOptions,
  IdentityStoreOptions,
  ShopifyCapiOptions,
} from '../src/index.ts'
import type { HANDLER_OPTIONS } from '../src/webhook/handlers.ts'
import type { SHOPIFY_OPTIONS } from '../src/webhook/options.ts'

it('a table names every option of its type and no other', () => {
  expectTypeOf<keyof typeof SHOPIFY_OPTIONS>().toEqualTypeOf<keyof ShopifyCapiOptions>()
  expectTypeOf<keyof typeof HANDLER_OPTIONS>().toEqualTypeOf<keyof HandlerOptions>()
  expectTypeOf<keyof typeof ENDPOINT_OPTIONS>().toEqualTypeOf<keyof IdentityEndpointOptions>()
  expectTypeOf<keyof typeof IDENTITY_OPTIONS>().toEqualTypeOf<keyof IdentityStoreOptions>()
})
