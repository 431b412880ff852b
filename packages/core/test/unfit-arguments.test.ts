import { strayErrors } from '@capi/testing'
import { expect, it } from 'vitest'
import { requestContext } from '../src/adapter.ts'
import * as clickIds from '../src/click-id.ts'
import * as core from '../src/index.ts'
import * as phone from '../src/phone.ts'

const logger = { warn: () => undefined, error: () => undefined }
const { CapiError } = core

it('answers what no function of it takes with a value or a CapiError', async () => {
  const { createCapi, ...functions } = core
  const named = {
    ...functions,
    ...clickIds,
    ...phone,
    requestContext,
    createCapi: (given: object, more: object) => createCapi(given && { logger, ...given, ...more }),
  }
  expect(await strayErrors(named, CapiError.is)).toEqual([])
})

it('does so in the methods of a client and of its trackers', async () => {
  const capi = core.createCapi({ enabled: false, logger })
  const { flush, send, track, enqueue, stats, deadLetters } = capi
  const make = (scope: core.Scope) => capi.with(scope)
  const methods = { flush, send, track, enqueue, stats, with: make, ...deadLetters }
  expect(await strayErrors(methods, CapiError.is)).toEqual([])
  const tracker = capi.with({ action_source: 'chat' })
  expect(await strayErrors(tracker, CapiError.is)).toEqual([])
  await capi.close()
})
