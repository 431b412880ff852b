import { strayErrors } from '@capi/testing'
import { expect, it } from 'vitest'
import { createEmulator, EmulatorError } from '../src/index.ts'
import { matchers } from '../src/jest.ts'

const isOwn = (error: unknown) => EmulatorError.is(error)

it('answers what no function of it takes with a value or an EmulatorError', async () => {
  const emulator = createEmulator()
  // What fetch rejects with is fetch's own.
  expect(await strayErrors(emulator, isOwn, ['close', 'fetch'])).toEqual([])
  expect(await strayErrors(emulator.faults, isOwn)).toEqual([])
  expect(await strayErrors({ createEmulator, ...matchers }, isOwn)).toEqual([])
  await emulator.close()
})
