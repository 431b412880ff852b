import { expectTypeOf, it } from 'vitest'
import type {
  CLIENT_OPTIONS,
  PlatformOptions,
  RequestOptions,
  SomeRequestOptions,
} from '../../src/adapter.ts'
import type { CapiOptions } from '../../src/index.ts'
import type { REQUEST_OPTION_NAMES } from '../../src/option/request-option-names.ts'

it('a table names every option of its type and no other', () => {
  expectTypeOf<keyof typeof CLIENT_OPTIONS>().toEqualTypeOf<keyof CapiOptions>()
  expectTypeOf<keyof (typeof CLIENT_OPTIONS)['batch']>().toEqualTypeOf<
    keyof NonNullable<CapiOptions['batch']>
  >()
  expectTypeOf<keyof (typeof CLIENT_OPTIONS)['retry']>().toEqualTypeOf<
    keyof NonNullable<CapiOptions['retry']>
  >()
  expectTypeOf<keyof (typeof CLIENT_OPTIONS)['gateway']>().toEqualTypeOf<
    keyof NonNullable<CapiOptions['gateway']>
  >()
  expectTypeOf<(typeof REQUEST_OPTION_NAMES)[number] | 'logger'>().toEqualTypeOf<
    | keyof RequestOptions<object>
    | keyof SomeRequestOptions<object>
    | Exclude<keyof PlatformOptions<object>, 'waitUntil'>
    | 'client'
  >()
})
