import { expect } from 'vitest'
import type { EmulatorErrorCode } from '../src/index.ts'

/** An EmulatorError of this code, as `toThrow` compares it. */
export function refusal(code: EmulatorErrorCode, message = /./): Error {
  return expect.objectContaining({
    name: 'EmulatorError',
    code,
    docsUrl: `/troubleshooting/errors/#${code}`,
    message: expect.stringMatching(message),
  })
}
