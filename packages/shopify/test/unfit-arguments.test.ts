import { CapiError } from '@capi/core'
import { strayErrors } from '@capi/testing'
import { expect, it } from 'vitest'
import * as shopify from '../src/index.ts'
import * as sqlite from '../src/sqlite.ts'

it('answers what no function of it takes with a value or a CapiError', async () => {
  expect(await strayErrors({ ...shopify, ...sqlite }, (error) => CapiError.is(error))).toEqual([])
})
