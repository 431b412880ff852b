import { CapiError } from '@capi/core'
import { strayErrors } from '@capi/testing'
import { expect, it } from 'vitest'
import * as postgres from '../src/index.ts'

it('answers what no function of it takes with a CapiError', async () => {
  expect(await strayErrors(postgres, (error) => CapiError.is(error))).toEqual([])
})
