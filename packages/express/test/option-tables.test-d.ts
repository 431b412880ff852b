import { expectTypeOf, it } from 'vitest'
import type { CapiMiddlewareOptions, CollectorOptions } from '../src/index.ts'
import type { COLLECTOR_OPTIONS, MIDDLEWARE_OPTIONS } from '../src/option-tables.ts'

it('a table names every option of its type and no other', () => {
  expectTypeOf<keyof typeof MIDDLEWARE_OPTIONS>().toEqualTypeOf<keyof CapiMiddlewareOptions>()
  expectTypeOf<keyof typeof COLLECTOR_OPTIONS>().toEqualTypeOf<keyof CollectorOptions>()
})
