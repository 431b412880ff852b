import { expectTypeOf, it } from 'vitest'
import type { CapiMiddlewareOptions } from '../src/index.ts'
import type { MIDDLEWARE_OPTIONS } from '../src/option-tables.ts'

it('the table names every option of its type and no other', () => {
  expectTypeOf<keyof typeof MIDDLEWARE_OPTIONS>().toEqualTypeOf<keyof CapiMiddlewareOptions>()
})
