import { strayErrors } from '@capi/testing'
import { expect, it } from 'vitest'
import { CapiError, capiCollector, capiMiddleware, getCapi, signEvent } from '../src/index.ts'

const logger = { warn: () => undefined, error: () => undefined }

it('answers what no function of it takes with a value or a CapiError', async () => {
  const functions = {
    capiCollector,
    getCapi,
    signEvent,
    capiMiddleware: (given: object, more: object) =>
      capiMiddleware(given && { logger, ...given, ...more }).client,
  }
  expect(await strayErrors(functions, (error) => CapiError.is(error))).toEqual([])
})
