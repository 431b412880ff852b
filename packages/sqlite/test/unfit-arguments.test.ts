import { CapiError } from '@capi/core'
import { strayErrors } from '@capi/testing'
import { expect, it } from 'vitest'
import * as sqlite from '../src/index.ts'

it('answers what no function of it takes with a CapiError', async () => {
  expect(await strayErrors(sqlite, (error) => CapiError.is(error))).toEqual([])
})
