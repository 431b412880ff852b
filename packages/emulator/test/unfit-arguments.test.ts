import { strayErrors } from '@capi/testing'
import { expect, it } from 'vitest'
import { createEmulator, EmulatorError } from '../src/index.ts'
import { matchers } from '../src/jest.ts'

it('answers what no function of it takes with a value or an EmulatorError', async () => {
  // What fetch rejects with is fetch's own.
  const { fetch: _, options: __, close, ...methods } = createEmulator()
  const { list, clear } = methods.faults
  const named = { createEmulator, ...methods, list, clear, ...matchers }
  expect(await strayErrors(named, EmulatorError.is)).toEqual([])
  await close()
})
