import { strayErrors } from '@capi/testing'
import { expect, it } from 'vitest'
import { requestContext } from '../src/adapter.ts'
import * as clickIds from '../src/click-id.ts'
import { collectorOptions, signEvent } from '../src/collector.ts'
import * as core from '../src/index.ts'
import * as phone from '../src/phone.ts'

const logger = { warn: () => undefined, error: () => undefined }
const isOwn = (error: unknown) => core.CapiError.is(error)

it('answers what no function of it takes with a value or a CapiError', async () => {
  const { createCapi, ...functions } = core
  const named = {
    ...functions,
    ...clickIds,
    ...phone,
    // The second argument is for adapters.
    collectorOptions: (given: Parameters<typeof collectorOptions>[0]) => collectorOptions(given),
    requestContext,
    signEvent,
    createCapi: (given: object, more: object) => createCapi(given && { logger, ...given, ...more }),
  }
  expect(await strayErrors(named, isOwn)).toEqual([])
})

it('does so in the methods of a client and of its trackers', async () => {
  const capi = core.createCapi({ enabled: false, logger })
  expect(await strayErrors(capi, isOwn, ['close'])).toEqual([])
  expect(await strayErrors(capi.deadLetters, isOwn)).toEqual([])
  expect(await strayErrors(capi.with({ action_source: 'chat' }), isOwn)).toEqual([])
  await capi.close()
})
