import { expectTypeOf, it } from 'vitest'
import type { CapiModuleAsyncOptions, CapiModuleExtras, CapiModuleOptions } from '../src/index.ts'
import type { ASYNC_OPTIONS, FACTORY_OPTIONS, MODULE_OPTIONS } from '../src/option-tables.ts'

it('a table names every option of its type and no other', () => {
  expectTypeOf<keyof typeof FACTORY_OPTIONS>().toEqualTypeOf<keyof CapiModuleOptions>()
  expectTypeOf<keyof typeof MODULE_OPTIONS>().toEqualTypeOf<
    keyof (CapiModuleOptions & CapiModuleExtras)
  >()
  expectTypeOf<keyof typeof ASYNC_OPTIONS>().toEqualTypeOf<keyof CapiModuleAsyncOptions>()
})
