import type * as core from '@capi/core'
import { CapiError as OfCore } from '@capi/core'
import { expect, expectTypeOf, it } from 'vitest'
import {
  type Capi,
  CapiError,
  type Consent,
  type Drop,
  type Issue,
  type Receipt,
  type SavedContext,
  type Scope,
  type UserDataInput,
} from '../src/index.ts'

it('what an application names most often of core is exported here, and is the same', () => {
  expectTypeOf<Capi>().toEqualTypeOf<core.Capi>()
  expectTypeOf<Consent>().toEqualTypeOf<core.Consent>()
  expectTypeOf<Drop>().toEqualTypeOf<core.Drop>()
  expectTypeOf<Issue>().toEqualTypeOf<core.Issue>()
  expectTypeOf<Receipt>().toEqualTypeOf<core.Receipt>()
  expectTypeOf<SavedContext>().toEqualTypeOf<core.SavedContext>()
  expectTypeOf<Scope>().toEqualTypeOf<core.Scope>()
  expectTypeOf<UserDataInput>().toEqualTypeOf<core.UserDataInput>()
  expect(CapiError).toBe(OfCore)
})
