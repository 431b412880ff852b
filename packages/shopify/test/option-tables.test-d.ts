import { expectTypeOf, it } from 'vitest'
import type {
  HandlerOptions,
  IdentityEndpointOptions,
  IdentityStoreOptions,
  ShopifyCapiOptions,
} from '../src/index.ts'
import type {
  ENDPOINT_OPTIONS,
  HANDLER_OPTIONS,
  IDENTITY_OPTIONS,
  SHOPIFY_OPTIONS,
} from '../src/option-tables.ts'

it('a table names every option of its type and no other', () => {
  expectTypeOf<keyof typeof SHOPIFY_OPTIONS>().toEqualTypeOf<keyof ShopifyCapiOptions>()
  expectTypeOf<keyof typeof HANDLER_OPTIONS>().toEqualTypeOf<keyof HandlerOptions>()
  expectTypeOf<keyof typeof ENDPOINT_OPTIONS>().toEqualTypeOf<keyof IdentityEndpointOptions>()
  expectTypeOf<keyof typeof IDENTITY_OPTIONS>().toEqualTypeOf<keyof IdentityStoreOptions>()
})
